/** All paths below are under this one. */
export const apiRoot = '/api/v1';
/** Under which the API of one of several lines stands, by what the line is called. */
export const lineRoot = (line: string): string => `${apiRoot}/lines/${line}`;
/** The header in which the page's writes carry the token; a program may send it as `Authorization: Bearer` instead. */
export const tokenHeader = 'x-huawu-token';
