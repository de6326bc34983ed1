import type { EntityManager } from 'typeorm';
import { subtract } from '../contract/decimal.js';
import { isDifference } from '../contract/figure-key.js';
import { figureNameIn } from '../contract/named-figure.js';
import type { ReviewCell, ReviewDocument, ReviewFigure } from '../contract/review.js';
import type { BridgeStep, FrozenRecord, RestatedFigure } from '../contract/review-after.js';
import { METRICS } from '../core/metrics/catalogue.js';
import { type Divisor, figureBridge, type Move, type Stand } from '../core/review/figure-bridge.js';
import { ChainWays } from '../core/review/chain-ways.js';
import { keyIn, periodOfKey } from '../core/review/keys.js';
import { besideCells, cellOf, differenceCell, tidy, todayCell } from '../core/review/restated-cells.js';
import { isCurrency, NOTHING, periodName } from '../core/review/printing.js';
import { Breather } from './breather.js';
import { Causes, ownerOf } from './causes.js';
import { kindsOf } from './causes.queries.js';
import { type Reads, readsOf } from './figure-reads.js';
import { type Ground, recordsOf } from './figures.js';
import { LinkHistory } from './link-history.js';
import { linksSince } from './link-history.queries.js';
import { PossibleCauses } from './possible-causes.js';
import { Explanations, type LinksBehind, type PossibleBehind } from './restatement.steps.js';
import { recordTexts } from './stored.queries.js';
import { figureToday, isRestated, orGone } from './today.js';

type Live = Awaited<ReturnType<typeof recordsOf>>;
/** Shares and own units have at most so many decimals. */
const MOST_DECIMALS = 10;
const GONE: Live = { title: '', unit: '', items: [] };

/** What one answer is worked out from. */
interface Material {
  readonly ground: Ground;
  readonly document: ReviewDocument;
  readonly previous: ReviewDocument | null;
  readonly causes: Causes;
  readonly links: LinkHistory;
  /** Read once a figure has to be explained. */
  readonly ways: () => Promise<ChainWays>;
  readonly kinds: () => Promise<ReadonlyMap<string, string>>;
  /** Figures of today by key; null where the record that one is of is gone. */
  readonly today: ReadonlyMap<string, ReviewFigure | null>;
  /** What a figure reads, by its key. */
  readonly reads: (key: string) => Promise<Reads>;
  readonly frozenRecords: (key: string) => readonly FrozenRecord[];
  readonly liveRecords: (key: string) => Promise<Live>;
}

interface Asked {
  readonly document: ReviewDocument;
  /** Of the review that the document names as the one before. */
  readonly previous: ReviewDocument | null;
  /** Keys of figures of the document. */
  readonly asked: readonly string[];
}

/** Figures in their three columns, and of how many changes of links it is not worked out what each moved, in words. */
export interface Restated {
  readonly figures: RestatedFigure[];
  /** Null where it is of all. */
  readonly links: string | null;
}

/**
 * Figures of a frozen review in their three columns.
 * @param ground in the quarter of the review
 * @param id of the review, whose frozen records are read
 */
export const restatedFigures = async (ground: Ground, id: string, asked: Asked): Promise<Restated> => {
  const material = await materialOf(ground, id, asked);
  const figures: RestatedFigure[] = [];
  const breather = new Breather();
  for (const key of asked.asked) {
    figures.push(await restatedFigure(material, key));
    await breather.pause();
  }
  return { figures, links: material.links.said };
};

const materialOf = async (ground: Ground, id: string, { document, previous, asked }: Asked): Promise<Material> => {
  const { manager } = ground.context;
  const today = new Map<string, ReviewFigure | null>();
  // A share is taken apart by what it is divided by.
  const inputs = asked.flatMap((key) => document.figures[key]!.inputs.flatMap(({ figure }) => figure ?? []));
  const needed = new Set([...asked, ...inputs.filter((key) => document.figures[key] !== undefined)]);
  for (const key of needed) today.set(key, await figureToday(ground, key));
  const texts = new Map((await recordTexts(manager, id)).map(({ figure, records }) => [figure, records]));
  const live = new Map<string, Promise<Live>>();
  const reads = new Map<string, Promise<Reads>>();
  let ways: Promise<ChainWays> | undefined;
  let kinds: Promise<ReadonlyMap<string, string>> | undefined;
  const causes = await Causes.since(manager, document.frozen!.seq, document.frozen!.at);
  return {
    ...{ ground, document, previous, today, causes },
    links: await LinkHistory.since(manager, causes),
    reads: (key) => {
      const known = reads.get(key) ?? readsOf(ground, key);
      reads.set(key, known);
      return known;
    },
    ways: () => (ways ??= waysOf(manager, document.frozen!.at)),
    kinds: () => (kinds ??= kindsIn(manager)),
    frozenRecords: (key) => JSON.parse(texts.get(key) ?? '[]') as FrozenRecord[],
    liveRecords: (key) => {
      const known = live.get(key) ?? orGone(recordsOf(ground, key), GONE);
      live.set(key, known);
      return known;
    },
  };
};

const waysOf = async (manager: EntityManager, since: string): Promise<ChainWays> =>
  new ChainWays(
    (await linksSince(manager, since)).map(({ fromType, fromCode, toType, toCode }) => [
      ownerOf(fromType, fromCode),
      ownerOf(toType, toCode),
    ]),
  );

const kindsIn = async (manager: EntityManager): Promise<ReadonlyMap<string, string>> =>
  new Map((await kindsOf(manager)).map(({ code, kind }) => [ownerOf('benefit', code), kind]));

const restatedFigure = async (material: Material, key: string): Promise<RestatedFigure> => {
  const { document } = material;
  const frozen = document.figures[key]!;
  const before = material.previous?.review.period ?? null;
  const keyThen = before === null ? null : keyIn(key, document.review.period, before);
  const previous = keyThen === null ? null : (material.previous!.figures[keyThen] ?? null);
  const today = material.today.get(key) ?? null;
  const now = today?.value ?? null;
  const form = { figure: key, isSigned: isDifference(key) };
  const isSameUnit = today === null || today.unit === frozen.unit;
  const isOther = isRestated(frozen, today);
  const difference = (to: ReviewFigure | null, from: ReviewFigure | null): ReviewCell | null =>
    to === null || from === null || to.value === null || from.value === null || to.unit !== from.unit
      ? null
      : differenceCell(subtract(to.value, from.value), frozen);
  return {
    key,
    title: figureNameIn(document)(key),
    unit: frozen.unit,
    frozen: { text: frozen.text, value: frozen.value, unit: frozen.unit, figure: key, impact: null },
    previous: previous && cellOf(previous.value, { ...frozen, unit: previous.unit }, form),
    previousPeriod:
      keyThen === null ? null : periodName(periodOfKey(keyThen, before!), material.previous!.settings.fiscalYearStart),
    today: todayCell(now, frozen, { ...form, unit: today?.unit ?? frozen.unit }),
    restatement: difference(today, frozen),
    sincePrevious: difference(frozen, previous),
    isRestated: isOther,
    bridge: isOther ? await bridgeOf(material, key, isSameUnit) : null,
  };
};

const nameOf = (key: string): string => key.split('?')[0]!;
const bridgeOf = async (material: Material, key: string, isSameUnit: boolean): Promise<BridgeStep[]> => {
  const { document, causes } = material;
  const figure = document.figures[key]!;
  const live = await material.liveRecords(key);
  const decimals = isCurrency(figure.unit) ? document.settings.decimals : MOST_DECIMALS;
  const minorUnit = isCurrency(live.unit) ? minorUnitOf(document.settings.decimals) : '0';
  const [links, possible] = [await linksBehind(material, key), await possibleBehind(material, key)];
  const explanations = new Explanations(causes, links, minorUnit, possible);
  // In another unit there is no difference to take apart: it is told what changed, and not by how much.
  const value = isSameUnit ? figure.value : null;
  const moves = figureBridge(
    { value, records: material.frozenRecords(key) },
    { value: material.today.get(key)?.value ?? null, records: live.items },
    {
      decimals,
      minorUnit,
      fold: METRICS.find(({ id }) => id === nameOf(key))?.fold ?? null,
      divisors: await divisorsOf(material, figure),
      told: (changes) => explanations.told(changes),
    },
  );
  return moves.map((move): BridgeStep => {
    const { record, causes: events, more } = explanations.of(move);
    const unit = move.part === 'divisor' ? unitOfDivisor(material, figure, move) : live.unit;
    const [was = null, is = null] = amountCells(move, unit);
    return {
      ...{ record, was, is },
      effect: move.effect === null ? NO_EFFECT : differenceCell(move.effect, figure),
      causes: [...events],
      ...(more > 0 && { more }),
    };
  });
};

/** What was done to links on the ways of records of a figure, or of what it is divided by. */
const linksBehind = async ({ document, links, ground, reads }: Material, key: string): Promise<LinksBehind> => {
  const own = await links.behind(ground, key, await reads(key));
  const divisors = new Map<string, typeof own>();
  for (const { label, figure } of document.figures[key]!.inputs)
    if (figure !== null && document.figures[figure])
      divisors.set(label, await links.behind(ground, figure, await reads(figure)));
  return ({ divisor, was, is }) => (divisor === null ? own : divisors.get(divisor)!)((is ?? was)!);
};

/** What can have moved the figure, or what it is divided by. */
const possibleBehind = async (
  { document, causes, reads: readsOfKey, ways, kinds }: Material,
  key: string,
): Promise<PossibleBehind> => {
  const of = async (each: string): Promise<PossibleCauses> => {
    const reads = await readsOfKey(each);
    return new PossibleCauses(causes, reads, await ways(), reads.mixedTo === null ? undefined : await kinds());
  };
  const own = await of(key);
  const divisors = new Map<string, PossibleCauses>();
  for (const { label, figure } of document.figures[key]!.inputs)
    if (figure !== null && document.figures[figure]) divisors.set(label, await of(figure));
  return (divisor) => (divisor === null ? own : divisors.get(divisor)!);
};

const NO_EFFECT: ReviewCell = { text: NOTHING, value: null, unit: null, figure: null, impact: null };

const minorUnitOf = (decimals: number): string => (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`);

/** What a figure may be divided by: its inputs that are figures of the review. */
const divisorsOf = async (material: Material, { inputs }: ReviewFigure): Promise<Divisor[]> => {
  const divisors: Divisor[] = [];
  for (const { label, figure: key } of inputs) {
    const frozen = key === null ? undefined : material.document.figures[key];
    if (key === null || frozen === undefined) continue;
    const today: Stand = {
      value: material.today.get(key)?.value ?? null,
      records: (await material.liveRecords(key)).items,
    };
    divisors.push({ title: label, frozen: { value: frozen.value, records: material.frozenRecords(key) }, today });
  }
  return divisors;
};

const unitOfDivisor = ({ document }: Material, { inputs }: ReviewFigure, { divisor }: Move): string => {
  const input = inputs.find(({ label }) => label === divisor)?.figure ?? '';
  return document.figures[input]?.unit ?? '';
};

/** What the changed records add, before and after; of a metric they do not add up, and nothing is said. */
const amountCells = ({ was, is }: Move, unit: string): (ReviewCell | null)[] => {
  const amount = (text: string | null): string | null => (text === null || isCurrency(unit) ? text : tidy(text));
  return besideCells(amount(was), amount(is), unit);
};
