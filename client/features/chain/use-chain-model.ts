import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Chain, GapKind, Gaps, Picture } from '../../../server/contract/chain.js';
import { scaleFor, type Scale } from '../../../server/contract/format.js';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import type { Reading } from '../../ui/query-state';
import type { TraceStep } from '../../lib/trace-path';
import { chainQuery, gapCountsQuery, gapRecordsQuery, pictureQuery } from './api';
import { flagsOf, type Flags } from './flags';
import { benefitCounter, buildGraph, nodeId, type Graph, type Node } from './graph';
import { buildOutline, type Outline } from './outline';
import type { ChainView } from './use-chain-view';

/** What outline, facts and picture share. */
export interface Model {
  page: PageScope;
  chain: Chain;
  graph: Graph;
  outline: Outline;
  /** One scale for all spend and value of the page. */
  scale: Scale;
  flags: Flags;
  /** How many benefits a record leads to. */
  benefits: (node: Node) => number;
  picture: Picture | undefined;
  /** What the figures of this view are named by, beside period and scope. */
  asked: Asked;
}

export type Asked = Pick<TraceStep, 'span' | 'type' | 'ref' | 'kind'>;

/** Nothing narrows the view: its figures are those of the chain. */
export const isWhole = ({ type, kind }: Asked): boolean => type === undefined && kind === undefined;

export interface ChainReadings {
  model: Reading<Model>;
  gaps: Reading<Gaps>;
  picture: Reading<Picture>;
}

/** Kinds that the chain itself does not show. */
const ASKED: readonly GapKind[] = [
  'benefit_without_baseline',
  'benefit_without_plan',
  'benefit_without_measurement',
  'outcome_without_target',
  'value_not_defined_upfront',
];

/** Reads the chain, its breaks and its picture. The outline is there as soon as the chain is. */
export function useChainModel(view: ChainView): ChainReadings {
  const page = usePageScope();
  const chain = useQuery(chainQuery(page, view.span));
  const gaps = useQuery(gapCountsQuery(page));
  const picture = useQuery(pictureQuery(page, view));
  const filtered = useQuery({
    ...gapRecordsQuery(page, view.gap ?? 'no_owner'),
    enabled: view.gap !== undefined,
  });
  const counted = gaps.data?.counts;
  const kinds = ASKED.filter((kind) => counted?.some((found) => found.kind === kind && found.count > 0));
  const flagged = useQueries({
    queries: kinds.map((kind) => gapRecordsQuery(page, kind)),
    combine: (all) => all.flatMap(({ data }) => data ?? []),
  });

  const { portfolio, orgUnit } = page;
  const base = useMemo(() => {
    if (!chain.data) return undefined;
    const { totals } = chain.data;
    return {
      chain: chain.data,
      graph: buildGraph(chain.data, { portfolio, orgUnit }),
      scale: scaleFor([totals.cost, totals.planned, totals.realised]),
      benefits: benefitCounter(),
    };
  }, [chain.data, portfolio, orgUnit]);
  const flags = useMemo(() => flagsOf(flagged), [flagged]);
  const { direction, min } = view;
  const focus = view.focus === undefined ? undefined : nodeId(view.focus.type, view.focus.ref);
  const gapItems = view.gap === undefined ? undefined : filtered.data;
  const nodes = picture.data?.nodes;
  const outline = useMemo(() => {
    if (!base) return undefined;
    const through: ReadonlySet<string>[] = [];
    if (focus !== undefined) through.push(new Set([sameId(base.graph, focus)]));
    if (gapItems) through.push(new Set(gapItems.map(({ type, code }) => nodeId(type, code))));
    return buildOutline(base.graph, { direction, through, min, boxes: nodes ?? [] });
  }, [base, direction, focus, gapItems, min, nodes]);

  const isWaiting = view.gap !== undefined && filtered.data === undefined;
  const { span, gap, focus: record } = view;
  const asked: Asked = {
    ...(span === 'to_date' ? {} : { span }),
    ...(record && { type: record.type, ref: record.ref }),
    ...(gap && { kind: gap }),
  };
  const model: Model | undefined =
    base && outline && !(isWaiting && filtered.error === null)
      ? { ...base, page, outline, flags, picture: picture.data, asked }
      : undefined;
  return {
    gaps,
    picture,
    model: {
      data: model,
      error: chain.error ?? filtered.error,
      isFetching: chain.isFetching || filtered.isFetching,
      dataUpdatedAt: chain.dataUpdatedAt,
      refetch: () =>
        Promise.all([chain, filtered].filter(({ error }) => error !== null).map(({ refetch }) => refetch())),
    },
  };
}

/** Codes are found whatever their case, as everywhere. */
const sameId = (graph: Graph, id: string): string =>
  graph.nodes.has(id) ? id : ([...graph.nodes.keys()].find((known) => known.toLowerCase() === id.toLowerCase()) ?? id);
