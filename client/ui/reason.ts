/** The field in which somebody says why a record behind figures is changed, wherever nobody has to. */
export const REASON = {
  label: 'Reason (optional)',
  help: 'Why you do this: read in the next review and in the audit trail.',
} as const;
