/** What of a roster is looked at; the first is what opens. */
export const rosterViews = ['grid', 'own', 'changes'] as const;
