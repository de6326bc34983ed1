import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Trace, TraceRecords } from '../../server/contract/trace.js';
import type { Api } from './harness.js';

/** A number on a page, as a person and as assistive technology meet it. */
export interface ShownNumber {
  /** Its place among the numbers of the page. */
  at: number;
  /** What it traces: `gap:kind=no_owner`. */
  step: string;
  tag: string;
  href: string | null;
  text: string;
  label: string;
}

export const NUMBERS = 'main [data-num]';

/** Those that can be seen; a table that is folded away holds more. */
export const shownNumbers = async (page: Page): Promise<ShownNumber[]> => {
  const all = await page.locator(NUMBERS).evaluateAll((found) =>
    found.map((element, at) => ({
      at,
      isSeen: element.checkVisibility(),
      step: element.getAttribute('data-num')!,
      tag: element.tagName,
      href: element.getAttribute('href'),
      text: (element.textContent ?? '').trim(),
      label: element.getAttribute('aria-label') ?? '',
    })),
  );
  return all.filter(({ isSeen }) => isSeen).map(({ isSeen: _, ...number }) => number);
};

/** The first number of each figure. */
export const distinct = (numbers: readonly ShownNumber[]): ShownNumber[] =>
  numbers.filter(({ step, at }) => numbers.find((other) => other.step === step)!.at === at);

/** The address of a step at the API, over the query of the page. */
const addressOf = (step: string, page: Record<string, string>): { figure: string; query: URLSearchParams } => {
  const [figure = '', ...fields] = step.split(':');
  const query = new URLSearchParams(page);
  for (const field of fields) {
    const [name = '', value = ''] = field.split('=');
    query.set(name, decodeURIComponent(value));
  }
  return { figure, query };
};

export const traceOf = async (api: Api, step: string, page: Record<string, string>): Promise<Trace> => {
  const { figure, query } = addressOf(step, page);
  const reply = await api.as('admin').get(`/trace/${figure}?${query}`);
  expect(reply.status).toBe(200);
  return reply.body;
};

/** Traces of one page, each asked for once: for tests that change nothing. */
export const rememberedTraces = (api: () => Api, page: Record<string, string>): ((step: string) => Promise<Trace>) => {
  const traces = new Map<string, Promise<Trace>>();
  return (step) => {
    if (!traces.has(step)) traces.set(step, traceOf(api(), step, page));
    return traces.get(step)!;
  };
};

export const recordsOf = async (api: Api, step: string, page: Record<string, string>): Promise<TraceRecords> => {
  const { figure, query } = addressOf(step, page);
  query.set('limit', '1');
  const reply = await api.as('admin').get(`/trace/${figure}/records?${query}`);
  expect(reply.status).toBe(200);
  return reply.body;
};

const FACTOR: Record<string, number> = { '': 1, k: 1e3, m: 1e6, bn: 1e9 };
const plain = (text: string): string => text.replaceAll(/[,\s\u00a0\u202f]/g, '').replace('\u2212', '-');

/** The amount or share that a label ends with, and by how much it may differ from the exact value: half of its last digit. */
const printedIn = (label: string, of: string): { value: number; unit: string; half: number; bound: string } | null => {
  const text = label.replaceAll(/[\u00a0\u202f]/g, ' ');
  // An own unit has words for its name, and may begin like another: "% of claims".
  const own = /^([A-Z]{3}|share|count)$/.test(of) ? '' : `${of.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}|`;
  const found = new RegExp(`([<>]?)([\u2212+]?\\d[\\d,]*(?:\\.\\d+)?) ?(?:(k|m|bn) )?(${own}[A-Z]{3}|%)`).exec(text);
  if (!found) return null;
  const [, bound = '', digits = '', suffix = '', unit = ''] = found;
  const factor = unit === '%' ? 0.01 : FACTOR[suffix]!;
  const decimals = digits.split('.')[1]?.length ?? 0;
  return { value: Number(plain(digits)) * factor, unit, half: 0.5 * 10 ** -decimals * factor, bound };
};

/** Units of metrics that are no money, share or count: how many of what is printed are one of what the server says. */
const OWN_UNITS: Readonly<Record<string, number>> = { number: 1, days: 1, level: 1, score: 1, net_share: 100 };

/** A number says what the server computed, rounded at most in its last digit, with its unit; its label prints what is seen. */
export const expectShows = (shown: ShownNumber, trace: Trace): void => {
  const place = `${shown.step} “${shown.text}” (${shown.label}) is ${trace.value} ${trace.unit}`;
  const fail = (why: string): never => {
    throw new Error(`${place}: ${why}`);
  };
  // A sum of no records is nothing that was recorded: it may say so in place of 0.
  const isNone = trace.value === null || (Number(trace.value) === 0 && trace.records.count === 0);
  if (isNone && shown.text === 'x') return;
  // Of a metric that is not of this scope, or kept back.
  if (trace.value === null && trace.figure.includes('.') && /^[zc]$/.test(shown.text)) return;
  if (trace.value === null) return void fail('nothing is recorded, and it must say x');
  const digits = /[<>]?[\u2212+]?[\d,]+(?:\.\d+)?/.exec(shown.text)?.[0] ?? fail('no digits');
  if (!shown.label.includes(digits)) fail('the label says something else');
  if (trace.unit === 'count') {
    if (Number(plain(digits)) !== Number(trace.value)) fail('another count');
    return;
  }
  const own = OWN_UNITS[trace.unit];
  if (own !== undefined) {
    const half = 0.5 * 10 ** -(digits.split('.')[1]?.length ?? 0);
    if (Math.abs(Number(plain(digits)) - Number(trace.value) * own) > half * (1 + 1e-6)) fail('another value');
    return;
  }
  const printed = printedIn(shown.label, trace.unit) ?? fail('the label has no amount with a unit');
  if (printed.unit !== (trace.unit === 'share' ? '%' : trace.unit)) fail('another unit');
  // A loss is shown as what is taken away, and a shortfall in words as its size.
  const isLoss =
    shown.step.startsWith('lost.') ||
    /^Against the step before|^Realised below plan|^Saved cost to come|^Expected benefit at risk/.test(shown.label);
  const exact = isLoss ? -Number(trace.value) : Number(trace.value);
  if (printed.bound !== '') {
    if (exact === 0 || Math.abs(exact) > printed.half * 2) fail('not that small');
  } else if (Math.abs(printed.value - exact) > printed.half * (1 + 1e-6) + Math.abs(exact) * 1e-12)
    fail('another value');
};

/** Decimal texts that mean the same: `1,234.50` and `1234.5`. */
export const sameDecimal = (printed: string, exact: string): boolean => {
  const trimmed = (text: string) => {
    const digits = plain(text);
    return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  };
  return trimmed(printed) === trimmed(exact);
};

/** The trace panel, once it shows its figure. */
export const openedTrace = async (page: Page): Promise<{ value: string | null; text: string }> => {
  const panel = page.locator('#trace-panel');
  await panel.getByText('How it is computed').waitFor();
  await page.waitForFunction(
    () => document.querySelector('#trace-panel .skeleton, #trace-panel [aria-busy="true"]') === null,
  );
  const value = panel.locator('[data-trace-value]');
  return {
    value: (await value.count()) === 0 ? null : await value.getAttribute('data-trace-value'),
    text: await panel.innerText(),
  };
};

/** Waits until the trace panel is gone. */
export const traceClosed = (page: Page): Promise<void> => page.locator('#trace-panel').waitFor({ state: 'detached' });

/** Which number of the page has the focus; −1 where none. */
export const focusedNumber = (page: Page): Promise<{ at: number; step: string | null }> =>
  page.evaluate((numbers) => {
    const focused = document.activeElement;
    const at = focused === null ? -1 : [...document.querySelectorAll(numbers)].indexOf(focused);
    return { at, step: focused?.getAttribute('data-num') ?? null };
  }, NUMBERS);

/** What may hold digits and is no figure: the selector, and why. */
export type Exempt = readonly (readonly [selector: string, why: string])[];

/**
 * Texts of the page that hold a number outside of links to traces and of what is exempt. Codes of the example, dates, periods, times and
 * counts of the rows beside them are no figures.
 */
export const looseNumbers = (page: Page, exempt: Exempt): Promise<string[]> =>
  page.evaluate(
    (known) => {
      const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
      const plain = [
        /EX-[A-Z]+(?:-[A-Z]+)*(?:-[A-Z]?\d+)*/g,
        new RegExp(`(?:\\d{1,2} )?${month},? (?:\\d{4}|\\d{1,2}:\\d{2})(?:, \\d{1,2}:\\d{2})?`, 'g'),
        new RegExp(`\\d{1,2} ${month}(?:, \\d{1,2}:\\d{2})?`, 'g'),
        /\d{4} Q[1-4]/g,
        /\d{4}-\d{2}(?:-\d{2})?/g,
      ];
      const found: string[] = [];
      const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const parent = text.parentElement!;
        const rest = plain.reduce((left, each) => left.replaceAll(each, ''), text.textContent ?? '');
        if (!/\d/.test(rest) || parent.closest(known) || !parent.checkVisibility()) continue;
        const place = parent.closest('[id]')?.id ?? '';
        found.push(`#${place} ${parent.tagName.toLowerCase()}.${parent.className}: ${text.textContent!.trim()}`);
      }
      return found;
    },
    ['[data-num]', ...exempt.map(([selector]) => selector)].join(', '),
  );

/**
 * The records behind the number whose trace was left for them: their table's footer, which holds the total.
 * The address comes first and the page after it, and the page that is left may have a footer of its own.
 */
export const openedRecords = async (page: Page): Promise<Locator> => {
  await page.waitForURL('**/records?**');
  await page.getByText('Which records stand behind this number?').waitFor();
  const footer = page.locator('main tfoot').first();
  await footer.waitFor();
  return footer;
};
