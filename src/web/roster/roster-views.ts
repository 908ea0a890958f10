/** What of a roster is looked at; the first is what opens. */
export const rosterViews = ['grid', 'own', 'compare', 'changes'] as const;
