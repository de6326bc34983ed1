import type { RecordSources } from '../records.js';

/** The records behind the metrics of this family. */
export const alignmentRecords: RecordSources = {};
