/** The pages of metrics, fetched together. */
export { MetricRecordsPage } from './records-page';
