/** Local milliseconds as 'YYYY-MM-DD HH:MM'. */
export const wallText = (local: number): string =>
  new Date(local).toISOString().slice(0, 16).replace('T', ' ');
