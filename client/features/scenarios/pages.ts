export { ScenariosPage } from './list-page';
export { NewScenarioPage, ScenarioPage } from './scenario-page';
