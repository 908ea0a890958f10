const storageKey = 'huawu-tour';

/** Whether this browser has seen the tour of the made-up line, or left it. */
export const isTourSeen = (): boolean => window.localStorage.getItem(storageKey) !== null;

export const keepTourSeen = (): void => window.localStorage.setItem(storageKey, 'seen');
