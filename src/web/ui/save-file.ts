/** Hands text to the reader as a file. */
export const saveFile = (name: string, content: string, type = 'application/json'): void => {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The click only starts the download: the address must outlive it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
