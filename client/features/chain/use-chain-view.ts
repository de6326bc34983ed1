import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { GAP_KINDS, LAYERS, SPANS, type GapKind, type Layer } from '../../../server/contract/chain.js';
import type { PageSearch } from '../../lib/address';
import type { Direction } from './outline';
import { withTurned } from './turned';

/** What of the chain is shown and how, as the address says it. What cannot be read is as if it were not there. */
export interface ChainView {
  direction: Direction;
  /** The drawing, or one row a path. */
  view: 'picture' | 'paths';
  gap: GapKind | undefined;
  /** Plain decimal text. */
  min: string | undefined;
  /** Layers that the outline opens; undefined where it decides by its length. */
  depth: number | undefined;
  /** Layers whose smaller records are drawn one by one. */
  expand: readonly Layer[];
  span: (typeof SPANS)[number];
  /** Id of the record whose facts are shown: `benefit:BEN-1`. */
  node: string | undefined;
  /** Rows of the outline that stand otherwise than at first. */
  turned: string | undefined;
  /** Of the list of paths; 1 is the first. */
  page: number;
  focus: { type: Layer; ref: string } | undefined;
}

interface ChainSearch extends PageSearch {
  direction?: string | undefined;
  view?: string | undefined;
  gap?: string | undefined;
  min?: string | undefined;
  depth?: string | undefined;
  expand?: string | undefined;
  span?: string | undefined;
  node?: string | undefined;
  turned?: string | undefined;
  page?: string | undefined;
}

const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined): Value | undefined =>
  values.find((value) => value === text);

const isLayer = (text: string): text is Layer => (LAYERS as readonly string[]).includes(text);

export function readView(search: ChainSearch, params: { type?: string; ref?: string }): ChainView {
  const depth = Number(search.depth);
  const page = Number(search.page);
  return {
    direction: search.direction === 'backward' ? 'backward' : 'forward',
    view: search.view === 'paths' ? 'paths' : 'picture',
    gap: oneOf(GAP_KINDS, search.gap),
    min: /^\d{1,15}(\.\d{1,4})?$/.test(search.min ?? '') ? search.min : undefined,
    depth: Number.isInteger(depth) && depth >= 1 && depth <= LAYERS.length ? depth : undefined,
    expand: (search.expand ?? '').split(',').filter(isLayer),
    span: oneOf(SPANS, search.span) ?? 'to_date',
    node: search.node,
    turned: search.turned === undefined ? undefined : String(search.turned),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
    focus:
      params.ref !== undefined && isLayer(params.type ?? '')
        ? { type: params.type as Layer, ref: params.ref }
        : undefined,
  };
}

type Change = Omit<ChainSearch, keyof PageSearch>;

export interface ChainAddress extends ChainView {
  /** An undefined parameter leaves the address. */
  change: (change: Change) => void;
  /** Opens or shuts a row of the outline; undefined where it stands as at first. No address of its own: Back leaves the page. */
  turn: (key: string, isOpen: boolean | undefined) => void;
  /** Only paths through this record; all paths again without one. */
  focusOn: (record: { type: Layer; ref: string } | undefined) => void;
  /** The trace of a number is open. */
  isTracing: boolean;
}

/** The view, and how to change it. Every change is an address of its own, so that Back undoes it. */
export function useChainView(): ChainAddress {
  const search = useSearch({ strict: false }) as ChainSearch;
  const params = useParams({ strict: false }) as { type?: string; ref?: string };
  const navigate = useNavigate();
  return {
    ...readView(search, params),
    isTracing: search.trace !== undefined,
    change: (change) =>
      void navigate({
        to: '.',
        search: (current: ChainSearch) => ({ ...current, ...change }),
        resetScroll: false,
      }),
    turn: (key, isOpen) =>
      void navigate({
        to: '.',
        search: (current: ChainSearch) => ({ ...current, turned: withTurned(current.turned, key, isOpen) }),
        resetScroll: false,
        replace: true,
      }),
    focusOn: (record) => {
      const keep = (current: ChainSearch): ChainSearch =>
        ({ ...current, trace: undefined, expand: undefined, turned: undefined, page: undefined }) as ChainSearch;
      void (record
        ? navigate({ to: '/chain/$type/$ref', params: record, search: keep })
        : navigate({ to: '/chain', search: keep }));
    },
  };
}
