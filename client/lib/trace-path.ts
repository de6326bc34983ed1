import { NAMINGS } from '../../server/contract/namings.js';
import { FIGURES, type Figure } from '../../server/contract/trace.js';

/**
 * Where a trace stands, as it is written in the address: `trace=spend~node.cost:type=investment:ref=INV-1`.
 * Steps are parted by `~`, their parameters by `:`, which no code may hold.
 */
export interface TraceStep {
  figure: Figure;
  type?: string;
  ref?: string;
  kind?: string;
  span?: string;
  until?: string;
  nature?: string;
  /** Of links, paths and views of the chain. */
  from?: string;
  to?: string;
  path?: string;
  min?: string;
  expand?: string;
  layer?: string;
  /** Of investment cases. */
  rate?: string;
  month?: string;
  driver?: string;
  /** Of a plan: its version; of a month: which verdict. */
  version?: string;
  /** Of a what-if. */
  changes?: string;
  /** Which benefits of the register: its filters. */
  among?: string;
  /** Of a corrective action: its code; of a measurement: its day. */
  action?: string;
  on?: string;
  /** Code of a decision, of an own indicator. */
  decision?: string;
  indicator?: string;
  /** Of the survey. */
  question?: string;
  /** Only where they differ from those of the page; an empty text says "none" on a page that has one. */
  period?: string;
  portfolio?: string;
  orgUnit?: string;
}

/** What names a figure beside span, period and scope. */
const NAMES = ['type', 'ref', 'kind', 'until', 'nature', ...NAMINGS] as const;
/** In the order in which an address has them. */
const PARAMETERS = [
  ...(['type', 'ref', 'kind', 'span', 'until', 'nature'] as const),
  ...NAMINGS,
  ...(['period', 'portfolio', 'orgUnit'] as const),
] as const;

export interface TraceScope {
  period: string;
  portfolio?: string | undefined;
  orgUnit?: string | undefined;
}

const isFigure = (text: string): text is Figure => (FIGURES as readonly string[]).includes(text);
const encoded = (value: string): string => encodeURIComponent(value).replaceAll('~', '%7E');

export const writeStep = (step: TraceStep): string =>
  [
    step.figure,
    ...PARAMETERS.filter((name) => step[name] !== undefined).map((name) => `${name}=${encoded(step[name]!)}`),
  ].join(':');

/** null where the text names no figure. */
export function readStep(text: string): TraceStep | null {
  const [figure = '', ...rest] = text.split(':');
  if (!isFigure(figure)) return null;
  const step: TraceStep = { figure };
  for (const field of rest) {
    const at = field.indexOf('=');
    const name = PARAMETERS.find((known) => known === field.slice(0, at));
    if (name) step[name] = decoded(field.slice(at + 1));
  }
  return step;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The steps from the figure on the page down to the one shown; what cannot be read is left out. */
export const readPath = (text: string | undefined): TraceStep[] =>
  (text ?? '')
    .split('~')
    .map(readStep)
    .filter((step) => step !== null);

export const writePath = (steps: readonly TraceStep[]): string => steps.map(writeStep).join('~');

/** The query of a trace call: the step's own parameters over those of the page. */
export function stepQuery(step: TraceStep, page: TraceScope): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(NAMES.map((name) => [name, step[name]])),
    span: step.span,
    period: step.period ?? page.period,
    portfolio: (step.portfolio ?? page.portfolio) || undefined,
    orgUnit: (step.orgUnit ?? page.orgUnit) || undefined,
  };
}

/** The step that a link from the server (`/trace/spend?period=…`) leads to; parameters that equal the page's are dropped. */
export function stepOfLink(link: string, page: TraceScope): TraceStep | null {
  const url = new URL(link, 'http://server');
  const figure = /\/trace\/([^/]+)$/.exec(url.pathname)?.[1];
  if (figure === undefined || !isFigure(figure)) return null;
  const step: TraceStep = { figure };
  for (const name of NAMES) {
    const value = url.searchParams.get(name);
    if (value !== null) step[name] = value;
  }
  const span = url.searchParams.get('span');
  if (span !== null && span !== 'to_date') step.span = span;
  for (const name of ['period', 'portfolio', 'orgUnit'] as const) {
    const value = url.searchParams.get(name) ?? (name === 'period' ? page.period : '');
    if (value !== (page[name] ?? '')) step[name] = value;
  }
  return step;
}
