/** The pages of decisions, fetched together; that of priorities has a list to drag in, and comes by itself. */
export { DecisionPage } from './decision-page';
export { DecisionRightsPage } from './rights-page';
export { DecisionsPage } from './decisions-page';
export { NewDecisionPage } from './new-page';
