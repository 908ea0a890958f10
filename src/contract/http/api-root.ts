/** All paths below are under this one. */
export const apiRoot = '/api/v1';
/** The header in which the page's writes carry the token; a program may send it as `Authorization: Bearer` instead. */
export const tokenHeader = 'x-huawu-token';
