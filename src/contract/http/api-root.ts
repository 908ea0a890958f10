/** All paths below are under this one. */
export const apiRoot = '/api/v1';
/** The header in which a write carries the page's token. */
export const tokenHeader = 'x-huawu-token';
