/** The pages of decisions and priorities, fetched together. */
export { DecisionPage } from './decision-page';
export { DecisionRightsPage } from './rights-page';
export { DecisionsPage } from './decisions-page';
export { NewDecisionPage } from './new-page';
export { PrioritiesPage } from './priorities-page';
