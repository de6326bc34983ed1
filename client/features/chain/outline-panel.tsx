import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Layer } from '../../../server/contract/chain.js';
import { useSingleKeys } from '../../lib/shortcuts';
import type { Item } from './outline';
import { OutlineRow } from './outline-row';
import { above, defaultDepth, flatten, opensTo, STEP, type Row } from './outline-rows';
import { moveTo, typedSign } from './tree-keys';
import type { Model } from './use-chain-model';
import { readTurned, shortKey } from './turned';
import type { ChainAddress } from './use-chain-view';
import './outline.css';

interface OutlinePanelProps {
  model: Model;
  view: ChainAddress;
  /** Opens the facts of a record. */
  onSelect: (id: string, byKey: boolean) => void;
  /** Draws the smaller records of a layer one by one, or together again. */
  onExpand: (layer: Layer) => void;
}

/** Rows that stand open at first, if they are no more. */
const ROWS_AT_FIRST = 160;
const TYPING_MS = 700;

/** The chain as a tree: everything that the picture shows, and everything that can be done with it, by keyboard. */
export function OutlinePanel({ model, view, onSelect, onExpand }: OutlinePanelProps) {
  const { outline } = model;
  const tree = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  const typed = useRef({ text: '', at: 0 });
  const [limits, setLimits] = useState<ReadonlyMap<string, number>>(new Map());
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const singleKeys = useSingleKeys();

  const selectedKey = view.node === undefined ? undefined : outline.primary.get(view.node);
  const [lastSelected, setLastSelected] = useState<string | undefined>(undefined);
  if (selectedKey !== lastSelected) {
    setLastSelected(selectedKey);
    const isOnRecord = activeKey !== null && recordOf(activeKey) === view.node;
    if (selectedKey !== undefined && !isOnRecord) setActiveKey(selectedKey);
  }

  const { rows, opensAtFirst } = useMemo(() => {
    const turned = readTurned(view.turned);
    const selected = selectedKey === undefined ? [] : [selectedKey];
    const shown = [...boxKeys(model), ...selected];
    const opened = new Set((view.depth === undefined ? shown : selected).flatMap(above));
    const always = new Set(shown.flatMap((key) => [...above(key), key]));
    const opens = opensTo(view.depth ?? defaultDepth(outline, ROWS_AT_FIRST));
    const opensAtFirst = (item: Item) => opens(item) || opened.has(item.key);
    // What leads to the chosen record is open, whatever was shut before.
    const toSelected = new Set(selected.flatMap(above));
    const isOpen = (item: Item) =>
      toSelected.has(item.key) ? true : (turned.get(shortKey(item.key)) ?? opensAtFirst(item));
    const rows = flatten(outline, { isOpen, limitOf: (list) => limits.get(list) ?? STEP, always });
    return { rows, opensAtFirst };
  }, [outline, model, selectedKey, view.depth, view.turned, limits]);

  const active =
    rows.find(({ key }) => key === activeKey) ??
    rows.find(({ box }) => box !== null && box === recordOf(activeKey ?? '')) ??
    rows[0];

  useLayoutEffect(() => {
    // The row that had the focus is gone with the former direction or filter.
    if (hadFocus.current && document.activeElement === document.body) focusRow(tree.current, active?.key);
  });
  useEffect(() => {
    if (selectedKey !== undefined) rowOf(tree.current, selectedKey)?.scrollIntoView({ block: 'nearest' });
  }, [selectedKey]);

  const goTo = (row: Row | undefined) => {
    if (!row) return;
    setActiveKey(row.key);
    focusRow(tree.current, row.key);
  };
  const turn = (row: Row, open: boolean) => {
    if (row.item.kind !== 'more') view.turn(row.key, open === opensAtFirst(row.item) ? undefined : open);
  };
  const act = (row: Row, byKey: boolean) => {
    setActiveKey(row.key);
    const { item } = row;
    if (item.kind === 'more')
      setLimits((before) => new Map(before).set(item.list, (before.get(item.list) ?? STEP) + STEP));
    else if (item.kind === 'smaller') onExpand(item.type);
    else if (item.kind === 'gap' || item.kind === 'loose') turn(row, row.isOpen === false);
    else onSelect(item.node.id, byKey);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!active || event.altKey || event.ctrlKey || event.metaKey) return;
    // A number inside a row is a link, and acts as one.
    if ((event.target as Element).getAttribute('role') !== 'treeitem') return;
    const sign = typedSign(event.key, typed.current, singleKeys, event.timeStamp, TYPING_MS);
    if (sign !== null) {
      typed.current = { text: sign, at: event.timeStamp };
      event.preventDefault();
      return goTo(moveTo.typed(rows, active, sign));
    }
    const { key } = event;
    if (key === 'ArrowDown') goTo(moveTo.by(rows, active, 1));
    else if (key === 'ArrowUp') goTo(moveTo.by(rows, active, -1));
    else if (key === 'Home') goTo(rows[0]);
    else if (key === 'End') goTo(rows.at(-1));
    else if (key === 'ArrowRight' && active.isOpen === false) turn(active, true);
    else if (key === 'ArrowRight' && active.isOpen) goTo(moveTo.by(rows, active, 1));
    else if (key === 'ArrowLeft' && active.isOpen) turn(active, false);
    else if (key === 'ArrowLeft') goTo(moveTo.parent(rows, active));
    else if (key === 'Enter') act(active, true);
    else if (key === ' ')
      return void (event.preventDefault(), active.isOpen === null ? act(active, true) : turn(active, !active.isOpen));
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={view.direction === 'forward' ? 'From investments to benefits' : 'From benefits to investments'}
      aria-multiselectable="false"
      className={rows.length > 2 * ROWS_AT_FIRST ? 'outline outline-long' : 'outline'}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        hadFocus.current = true;
        // Assistive technology may put the focus on any row.
        if (target.dataset['key'] !== undefined) setActiveKey(target.dataset['key']);
      }}
      onBlur={() => (hadFocus.current = false)}
    >
      {rows.map((row) => (
        <OutlineRow
          key={row.key}
          row={row}
          model={model}
          view={view}
          isActive={row === active}
          isSelected={view.node !== undefined && row.item.kind === 'record' && row.item.node.id === view.node}
          onTurn={() => {
            setActiveKey(row.key);
            turn(row, !row.isOpen);
          }}
          onAct={() => act(row, false)}
        />
      ))}
    </div>
  );
}

/** The first places of the picture's boxes. */
const boxKeys = ({ picture, outline }: Model): string[] =>
  (picture?.nodes ?? []).flatMap(({ id, kind }) => (kind === 'record' ? (outline.primary.get(id) ?? []) : []));

/** The last record on the way. */
const recordOf = (key: string): string => key.slice((above(key).at(-1)?.length ?? -1) + 1);

const rowOf = (tree: HTMLElement | null, key: string): HTMLElement | null =>
  tree?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null;

function focusRow(tree: HTMLElement | null, key: string | undefined): void {
  if (key !== undefined) rowOf(tree, key)?.focus();
}
