import { z } from 'zod';

export const CHANGE_LOGS = [
  'jira_changes',
  'jira_issues',
  'servicenow_metrics',
  'servicenow_audit',
  'servicenow_events',
  'servicenow_tasks',
] as const;

/** A sheet that is a log of work as Jira or ServiceNow export it: each of its statuses is one of our stages, which a person says once. */
export const changeLog = z.object({
  layout: z.enum(CHANGE_LOGS),
  name: z.string(),
  /** What becomes of it, and what it does not hold. */
  says: z.string(),
  items: z.number().int(),
  /** As they stand there, with their rows, most frequent first. */
  statuses: z.array(z.object({ value: z.string(), count: z.number().int() })),
  /** Where the initiatives of its items come from, and which of them are not known here. */
  initiatives: z.string(),
});
export type ChangeLog = z.infer<typeof changeLog>;

/** The code of a new stage, made of a status: `In Progress` is `IN-PROGRESS`. */
export const stageCodeOf = (status: string): string =>
  status
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64) || 'STAGE';
