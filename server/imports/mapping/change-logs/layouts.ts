import type { ChangeLog } from '../../../contract/change-log.js';
import type { SourceColumn } from '../../../contract/mapping.js';
import { plainHeader } from '../fit.js';

/** What a column of a foreign work log is, by the headers that Jira and ServiceNow give it (in their exports, their data pipelines and their raw tables). */
const HEADERS = {
  jiraItem: ['issuekey', 'key', 'issue', 'issueid'],
  serviceNowItem: ['number', 'tasknumber', 'incidentnumber', 'task', 'documentkey', 'id'],
  title: ['summary', 'shortdescription', 'issuesummary'],
  type: ['issuetype', 'tasktype', 'sysclassname'],
  field: ['field', 'fieldname', 'changedfield', 'definition', 'metricdefinition', 'metric'],
  from: ['fromstring', 'from', 'fromvalue', 'oldvalue', 'old', 'previousvalue'],
  to: ['tostring', 'to', 'tovalue', 'newvalue', 'new'],
  value: ['value', 'fieldvalue'],
  start: ['start', 'started', 'starttime'],
  changedAt: [
    'changedate',
    'dateofchange',
    'changedat',
    'changed',
    'date',
    'historydate',
    'createddate',
    'updatetime',
    'timestamp',
  ],
  created: ['created', 'issuecreated', 'opened', 'openedat', 'syscreatedon', 'syscreatedat'],
  updated: ['updated', 'updatedat', 'sysupdatedon', 'sysupdatedat'],
  resolved: ['resolved', 'resolvedat', 'resolutiondate', 'closed', 'closedat'],
  status: ['status', 'incidentstate', 'taskstate', 'state'],
  team: ['team', 'assigneeteam', 'assignedteam', 'assignmentgroup', 'squad'],
} as const;
type Role = keyof typeof HEADERS;

/** What may name the initiative of an item, the more telling first. */
const INITIATIVE_HEADERS: readonly string[] = [
  'initiative',
  'initiativecode',
  'epiclink',
  'epickey',
  'epic',
  'epicname',
  'parent',
  'parentkey',
  'projectcode',
  'projectkey',
  'project',
  'projectname',
  'component',
  'components',
  'businessservice',
  'cmdbci',
  'configurationitem',
];

export type Roles = Partial<Record<Role, SourceColumn>>;

export interface Recognised {
  layout: ChangeLog['layout'];
  /** The columns that the layout reads. */
  item: SourceColumn;
  at: SourceColumn;
  /** Where the stage stands that an item enters with a row. */
  entered: SourceColumn;
  /** Where the stage stands that it leaves with a row. */
  left: SourceColumn | undefined;
  /** Names the field that a row is about; undefined where each row is about the stage. */
  field: SourceColumn | undefined;
  /** When the item was begun, as each of its rows says. */
  begun: SourceColumn | undefined;
  resolved: SourceColumn | undefined;
  title: SourceColumn | undefined;
  type: SourceColumn | undefined;
  team: SourceColumn | undefined;
  /** What may tell to which initiative an item belongs, the more telling first. */
  initiatives: readonly SourceColumn[];
}

/** The first column of a header of this role, the more telling header first; exports repeat columns, and only the first is the item's own. */
const rolesOf = (columns: readonly SourceColumn[]): Roles => {
  const roles: Roles = {};
  for (const [role, headers] of Object.entries(HEADERS) as [Role, readonly string[]][]) {
    for (const header of headers) {
      const column = columns.find((one) => plainHeader(one.header) === header && one.kind !== 'empty');
      if (column === undefined) continue;
      roles[role] = column;
      break;
    }
  }
  return roles;
};

/**
 * Whether the columns of a sheet are those of a work log that Jira or ServiceNow export, and which of their layouts it is.
 * @param repeats whether the rows of one item are several, where the headers leave that open
 */
export const recognise = (
  columns: readonly SourceColumn[],
  repeats: (item: SourceColumn) => boolean,
): Recognised | null => {
  const roles = rolesOf(columns);
  const { field, title, type, team } = roles;
  const initiatives = INITIATIVE_HEADERS.flatMap((header) =>
    columns.filter((one) => plainHeader(one.header) === header && one.kind !== 'empty'),
  );
  const common = { title, type, team, initiatives, left: undefined, resolved: undefined };
  const item = roles.jiraItem ?? roles.serviceNowItem;
  if (item === undefined) return null;
  const isJira = roles.jiraItem !== undefined;
  if (field && roles.to && roles.to !== field) {
    const at = roles.changedAt ?? roles.updated ?? roles.created;
    if (at === undefined) return null;
    const begun = roles.created === at ? undefined : roles.created;
    const layout = isJira ? 'jira_changes' : 'servicenow_audit';
    return { ...common, layout, item, at, entered: roles.to, left: roles.from, field, begun };
  }
  if (!isJira && field && roles.value && roles.start)
    return {
      ...common,
      layout: 'servicenow_metrics',
      item,
      at: roles.start,
      entered: roles.value,
      field,
      begun: undefined,
    };
  const { status, created, updated, resolved } = roles;
  if (!status || !created) return null;
  if (!isJira && updated && repeats(item))
    return {
      ...common,
      layout: 'servicenow_events',
      item,
      at: updated,
      entered: status,
      field: undefined,
      begun: created,
    };
  if (!isJira && plainHeader(item.header) === 'id') return null;
  const layout = isJira ? 'jira_issues' : 'servicenow_tasks';
  return {
    ...common,
    layout,
    item,
    at: updated ?? created,
    entered: status,
    field: undefined,
    begun: created,
    resolved,
  };
};

/** Of the field column: whether a row is about the stage. `Incident State Duration` is, `Assignment group` is not. */
export const isAboutStage = (value: string): boolean =>
  /(^|[^a-z])(status|state)([^a-z]|$)/i.test(value.replaceAll('_', ' '));

/** That the state of the item itself has in every tool. */
const isItsOwn = (field: string): boolean =>
  /^((incident|task|request|ticket|issue|change|problem|work item) )?(status|state)( duration)?$/i.test(
    field.replaceAll('_', ' ').trim(),
  );

/**
 * Which of the fields about stages are the item's own: `status` and not `Approval status` beside it. Where none is named so, the one with the most
 * rows: two fields in one log would make items jump between them.
 */
export const fieldsAboutStage = (found: readonly { field: string; rows: number }[]): string[] => {
  const own = found.filter(({ field }) => isItsOwn(field));
  const [most] = [...found].sort((a, b) => b.rows - a.rows);
  return (own.length > 0 ? own : most ? [most] : []).map(({ field }) => field);
};
