export { FlowPage } from './flow-page';
export { WorkItemPage } from './item-page';
export { FlowItemsPage } from './items-page';
export { StagesPage } from './stages-page';
