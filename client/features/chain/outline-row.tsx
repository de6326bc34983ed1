import { memo } from 'react';
import type { Chain } from '../../../server/contract/chain.js';
import { count, counted, money, percent } from '../../lib/format';
import { Amount } from '../../ui/amount';
import { BenefitAmounts } from './benefit-amounts';
import { flagWords } from './flags';
import { LayerIcon } from './layer-icon';
import type { BoxItem, RecordItem } from './outline';
import type { Row } from './outline-rows';
import { Owner } from './owner';
import { isWhole, type Model } from './use-chain-model';
import { layerAfter, PLURAL } from './words';

interface OutlineRowProps {
  row: Row;
  model: Model;
  span: Chain['span'];
  isActive: boolean;
  isSelected: boolean;
  onTurn: () => void;
  onAct: () => void;
}

/** One row of the outline: the whole of it is one item of the tree, its number a link beside. */
export const OutlineRow = memo(
  function OutlineRow({ row, model, span, isActive, isSelected, onTurn, onAct }: OutlineRowProps) {
    return (
      <div
        role="treeitem"
        aria-level={row.level}
        aria-posinset={row.position}
        aria-setsize={row.size}
        aria-expanded={row.isOpen ?? undefined}
        aria-selected={isSelected}
        aria-label={labelOf(row, model)}
        tabIndex={isActive ? 0 : -1}
        className={`outline-row outline-${row.item.kind} outline-level-${Math.min(row.level, 7)}`}
        data-key={row.key}
        data-node={row.box ?? undefined}
        onClick={(event) => {
          if (!(event.target as Element).closest('a')) onAct();
        }}
      >
        <span
          className="twisty"
          aria-hidden="true"
          onClick={(event) => {
            if (row.isOpen === null) return;
            event.stopPropagation();
            onTurn();
          }}
        >
          {row.isOpen === null ? '' : row.isOpen ? '▾' : '▸'}
        </span>
        <Contents row={row} model={model} span={span} />
      </div>
    );
  },
  (before, after) =>
    before.row.item === after.row.item &&
    before.row.isOpen === after.row.isOpen &&
    before.row.position === after.row.position &&
    before.row.size === after.row.size &&
    before.row.box === after.row.box &&
    before.model === after.model &&
    before.isActive === after.isActive &&
    before.isSelected === after.isSelected,
);

function Contents({ row, model, span }: { row: Row; model: Model; span: Chain['span'] }) {
  const { item } = row;
  const step = span === 'to_date' ? {} : { span };
  if (item.kind === 'more')
    return (
      <span className="outline-plain outline-link">
        Show {count(Math.min(item.hidden, 100))} more of {count(item.hidden)}
      </span>
    );
  if (item.kind === 'loose')
    return (
      <>
        <span className="outline-plain outline-name variance-bad">
          <span aria-hidden="true">▲ </span>
          {looseWords(model)}
        </span>
        <span className="outline-amount">{counted(item.nodes.length, 'record')}</span>
      </>
    );
  if (item.kind === 'gap' || item.kind === 'smaller') return <BoxContents item={item} model={model} step={step} />;
  const { record } = item.node;
  if (item.kind === 'remainder')
    return (
      <>
        <span className="outline-plain variance-bad">
          <span aria-hidden="true">▲ </span>no {item.missing}
        </span>
        <span className="outline-amount variance-bad">
          <Amount
            amount={record.unallocated}
            scale={model.scale}
            name={`${record.name}, spend that reaches no ${item.missing}`}
            trace={{ figure: 'node.unallocated', type: record.type, ref: record.code, ...step }}
            tabIndex={-1}
          />
        </span>
      </>
    );
  return (
    <>
      <LayerIcon type={record.type} />
      <span className="outline-name">{record.name}</span>
      <span className="outline-meta">
        {record.type} · {record.code}
        {item.kind === 'record' && <Via item={item} model={model} />}
        {record.owner !== null && (
          <>
            {' · '}
            <Owner email={record.owner} />
          </>
        )}
        <FlagMarks item={item} model={model} />
      </span>
      <span className="outline-amount">
        {record.type === 'benefit' ? (
          <BenefitAmounts node={item.node} model={model} step={step} tabIndex={-1} />
        ) : (
          <Amount
            amount={item.kind === 'mention' ? record.unallocated : record.cost}
            scale={model.scale}
            name={`${record.name}, ${item.kind === 'mention' ? 'spend that goes no further' : 'spend that reaches it'}`}
            trace={{
              figure: item.kind === 'mention' ? 'node.unallocated' : 'node.cost',
              type: record.type,
              ref: record.code,
              ...step,
            }}
            tabIndex={-1}
          />
        )}
      </span>
    </>
  );
}

/** By which share of whose spend it stands here, and where else it stands. */
function Via({ item, model }: { item: RecordItem; model: Model }) {
  const [other, ...more] = item.elsewhere;
  return (
    <>
      {item.via && (
        <>
          {' · '}
          {shareWords(item, model)}
        </>
      )}
      {other && ` · also under ${other.record.name}${more.length > 0 ? ` and ${counted(more.length, 'other')}` : ''}`}
    </>
  );
}

function shareWords({ via }: RecordItem, model: Model): string {
  if (!via) return '';
  const { allocation, allocationAssumed, contribution, contributionAssumed } = via.link;
  const isForward = model.outline.direction === 'forward';
  const share = percent(isForward ? allocation : contribution);
  const isAssumed = isForward ? allocationAssumed : contributionAssumed;
  return `${share} of ${isForward ? 'spend' : 'value'}${isAssumed ? ', assumed' : ''}`;
}

function FlagMarks({ item, model }: { item: { kind: string; node: RecordItem['node'] }; model: Model }) {
  const kinds = model.flags(item.node);
  return kinds.length === 0 ? null : (
    <span className="outline-flags">
      {' · '}
      <span aria-hidden="true">▲ </span>
      {flagWords(kinds)}
    </span>
  );
}

function BoxContents({ item, model, step }: { item: BoxItem; model: Model; step: { span?: 'period' } }) {
  const { box } = item;
  const isGap = item.kind === 'gap';
  return (
    <>
      <span className={`outline-plain outline-name ${isGap ? 'variance-bad' : ''}`}>
        {isGap && <span aria-hidden="true">▲ </span>}
        {boxWords(item)}
      </span>
      <span className="outline-meta outline-below">
        {isGap
          ? `spend that reaches no ${item.type}${item.stopped.length > 0 ? ` · ends at ${counted(item.stopped.length, 'record')}` : ''}`
          : 'one box in the picture; open to draw each'}
      </span>
      <span className={`outline-amount ${isGap ? 'variance-bad' : ''}`}>
        {box &&
          (isGap && item.type !== 'investment' && isWhole(model.picture, model.chain) ? (
            <Amount
              amount={box.cost}
              scale={model.scale}
              name={`Spend that reaches no ${item.type}`}
              trace={{ figure: `unreached.${item.type}`, ...step }}
              tabIndex={-1}
            />
          ) : (
            <span className="figures">{money(box.cost, model.page.currency, model.scale)}</span>
          ))}
      </span>
    </>
  );
}

const boxWords = ({ kind, type, box }: BoxItem): string =>
  kind === 'gap' ? `No ${type}` : `${count(box?.records ?? 0)} smaller ${box?.records === 1 ? type : PLURAL[type]}`;

const looseWords = ({ outline }: Model): string =>
  outline.direction === 'forward' ? 'No investment leads here' : 'Leads to no benefit';

/** All of a row in words: `Claims automation, initiative, level 2 of 5, 3.1 m EUR, 1 of 3 links, leads to 1 benefit, no gaps`. */
function labelOf({ item, position, size }: Row, model: Model): string {
  const amount = (value: string) => money(value, model.page.currency, model.scale);
  if (item.kind === 'more') return `Show ${count(Math.min(item.hidden, 100))} more of ${count(item.hidden)}`;
  if (item.kind === 'loose') return `${looseWords(model)}, ${counted(item.nodes.length, 'record')}`;
  if (item.kind === 'gap' || item.kind === 'smaller')
    return `${boxWords(item)}${item.box ? `, ${amount(item.box.cost)}` : ''}${item.kind === 'gap' ? '' : ', draw each'}`;
  const { record } = item.node;
  if (item.kind === 'remainder') return `Gap: no ${item.missing}, ${amount(record.unallocated)}`;
  if (item.kind === 'mention') return `${record.name}, ${record.type}, ${amount(record.unallocated)} goes no further`;
  const kinds = model.flags(item.node);
  const next = layerAfter(record.type);
  return [
    record.name,
    record.type,
    `level ${item.node.layer + 1} of 5`,
    amount(record.cost),
    item.via ? `${position} of ${size} links` : `${position} of ${size}`,
    ...(item.via ? [shareWords(item, model)] : []),
    ...(next ? [`leads to ${counted(model.benefits(item.node), 'benefit')}`] : []),
    kinds.length === 0 ? 'no gaps' : `gaps: ${flagWords(kinds)}`,
    ...(record.owner === null ? [] : [`owner ${record.owner}`]),
  ].join(', ');
}
