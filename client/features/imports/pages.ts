/** The pages of imports arrive together: who opens one goes on to the others. */
export { HistoryPage } from './history-page';
export { ReportPage } from './report-page';
export { ImportPage } from '../mapping/wizard-page';
