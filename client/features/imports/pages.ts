/** The pages of imports arrive together: who opens one goes on to the others. */
export { HistoryPage } from './history-page';
export { ImportPage } from './import-page';
export { ReportPage } from './report-page';
