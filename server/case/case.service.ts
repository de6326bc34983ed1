import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService, indexOfRef } from '../chain/chain.service.js';
import { type CaseFigure, type CaseQuery, type InvestmentCase } from '../contract/case.js';
import { type CaseKind, CASES } from '../contract/case-words.js';
import type { Figure } from '../contract/trace.js';
import { fractionOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import { buildChain, type Chain, type ChainLink } from '../core/shares.js';
import { weightsAt, wholeNodes } from '../core/weights.js';
import type { Reading } from '../http/reading.js';
import { type Driver, driversOf, type OtherShares } from './case.drivers.js';
import { type Facts, factsOf, type Owner, partsOf } from './case.entries.js';
import { cumulativeOf, type Outcome, outcomeOf, type Result } from './case.figures.js';
import { dueForecasts, printedForecasts } from './case.forecasts.js';
import { contributionLinks, notesOf } from './case.notes.js';
import { costCells, settingsRate, valueCells } from './case.queries.js';
import { ForecastService } from './forecast.service.js';

export { flowsOf, type Entry, type Facts } from './case.entries.js';
export { cumulativeOf, type Outcome } from './case.figures.js';
export type { Driver } from './case.drivers.js';

/** One investment's case, worked out. */
export interface Case {
  readonly facts: Facts;
  /** The investment and its parts of the benefits. */
  readonly owner: Owner;
  /** The annual rate that is computed with, and that of the settings, as text. */
  readonly rate: string;
  readonly settingsRate: string;
  readonly others: OtherShares;
  readonly notes: readonly string[];
}

/** Shares are printed with ten decimals, as traces print them. */
const SHARE_DECIMALS = 10;

/** What an investment is worth: NPV, internal rate, payback, return, and what they hang on. */
@Injectable()
export class CaseService {
  constructor(
    private readonly chain: ChainService,
    private readonly forecasts: ForecastService,
  ) {}

  /**
   * The facts of an investment's case.
   *
   * @param ref id or code
   * @param rate annual, as text; that of the settings where it is undefined
   * @throws Problem 404
   */
  async of(manager: EntityManager, reading: Reading, ref: string, rate?: string): Promise<Case> {
    const { rows, whole } = await this.chain.facts(manager, reading, 'to_date');
    const index = indexOfRef({ rows }, 'investment', ref);
    const { id, code, name } = rows[index]!;
    const ownerIn = (chain: Chain): Owner => {
      const weights = weightsAt(chain, 'contribution', wholeNodes(0, [index]));
      return { id, code, name, parts: partsOf(chain.nodes, weights), denominator: weights.denominator };
    };
    const links = contributionLinks(whole.chain, index);
    const isBelow = new Set(links.all.map((link) => whole.chain.to[link]!));
    const benefits = whole.chain.nodesByLayer[4]!.filter((node) => isBelow.has(node)).map((node) => rows[node]!.id);
    const costs = await costCells(manager, reading, id);
    const values = await valueCells(manager, reading, benefits);
    const settings = await settingsRate(manager);
    // Only benefits that something is due of; under other shares these may be others.
    const factsIn = (chain: Chain): Facts => {
      const owner = ownerIn(chain);
      return factsOf(
        owner,
        costs,
        values.filter(({ benefitId }) => owner.parts.has(benefitId)),
        reading.end,
      );
    };
    const withShares = (share: (link: ChainLink) => string | null): Facts =>
      factsIn(
        buildChain(
          whole.chain.nodes,
          whole.chain.links.map((link) => ({ ...link, contribution: share(link) })),
        ),
      );
    const facts = factsIn(whole.chain);
    const owner = ownerIn(whole.chain);
    const isStated = links.assumed < links.all.length;
    const counted = values.filter(({ benefitId }) => facts.entries.some((entry) => entry.benefitId === benefitId));
    return {
      facts,
      owner,
      rate: rate === undefined ? settings : plainRate(rate),
      settingsRate: settings,
      others: {
        even: isStated ? withShares(() => null) : null,
        statedOnly: links.assumed > 0 ? withShares((link) => link.contribution ?? '0') : null,
      },
      notes: notesOf({ costs, values: counted, end: reading.end, currency: reading.currency, links }),
    };
  }

  /** The figures of one of the cases. */
  outcome(work: Case, kind: CaseKind): Outcome {
    return outcomeOf(work.facts, kind, fractionOf(work.rate));
  }

  /** What moves the expected NPV, the widest swing first. */
  drivers(work: Case): Driver[] {
    return driversOf(work.facts, fractionOf(work.rate), work.others);
  }

  /** The case as JSON text. */
  async body(manager: EntityManager, reading: Reading, query: CaseQuery, ref: string): Promise<string> {
    const work = await this.of(manager, reading, ref, query.rate);
    const { facts } = work;
    const path = pathOf(reading, query, facts.code);
    const money = (amount: Fraction | null): string | null =>
      amount === null ? null : formatFraction(amount.n, amount.d, reading.decimals);
    const end = ({ setting, npv }: Driver['low'], figure: Figure, driver: string) => ({
      value: money(npv),
      trace: path(figure, { driver, rate: query.rate }),
      setting,
    });
    return JSON.stringify({
      code: facts.code,
      period: reading.period,
      scope: reading.scope.label,
      currency: reading.currency,
      rate: work.rate,
      settingsRate: work.settingsRate,
      firstCostMonth: facts.firstCostMonth,
      cases: CASES.map((id) => {
        const { value, cost, npv, irr, payback, roi } = this.outcome(work, id);
        const figure = (name: Figure, of: Result, print: (amount: Fraction) => string | null): CaseFigure => ({
          value: of.value === null ? null : print(of.value),
          nullReason: of.reason,
          trace: path(name, { kind: id, ...(name === 'case.npv' && { rate: query.rate }) }),
        });
        return {
          id,
          npv: figure('case.npv', npv, money),
          irr: { ...figure('case.irr', irr, shareText), roots: irr.roots.map(shareText) },
          payback: { ...figure('case.payback', payback, ({ n }) => n.toString()), month: payback.month },
          roi: figure('case.roi', roi, shareText),
          value: figure('case.value', value, money),
          cost: figure('case.cost', cost, money),
        };
      }),
      months: cumulativeOf(facts, reading.end).map(({ month, isLater, planned, expected }) => {
        const sum = (kind: CaseKind, amount: Fraction | null) => ({
          value: money(amount),
          trace: path('case.cumulative', { kind, month }),
        });
        return {
          month,
          scenario: isLater ? ('FC' as const) : ('AC' as const),
          planned: sum('planned', planned),
          expected: sum('expected', expected),
        };
      }),
      drivers: this.drivers(work).map(({ id, kind, label, range, low, high }) => ({
        id,
        kind,
        label,
        range,
        low: end(low, 'case.driver_low', id),
        high: end(high, 'case.driver_high', id),
      })),
      forecast: printedForecasts(dueForecasts(work.owner, await this.forecasts.of(manager, reading)), money, path),
      notes: [...work.notes],
    } satisfies InvestmentCase);
  }
}

const shareText = ({ n, d }: Fraction): string => trimmed(formatFraction(n, d, SHARE_DECIMALS));
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
/** `0.1000` is `0.1`, as the settings write it. */
const plainRate = (rate: string): string => trimmed(rate);

/** Paths of traces of one investment in the period and scope that were asked for. */
const pathOf =
  ({ period }: Reading, { portfolio, orgUnit }: CaseQuery, ref: string) =>
  (figure: Figure, more: Readonly<Record<string, string | undefined>>): string => {
    const named = { period, span: 'to_date', portfolio, orgUnit, type: 'investment', ref, ...more };
    const stated = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `/trace/${figure}?${new URLSearchParams(stated).toString()}`;
  };
