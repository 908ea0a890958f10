/** SHA-256 of a text as 64 hexadecimal digits. */
export const contentHash = async (plain: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(plain)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
