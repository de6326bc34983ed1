import { memo } from 'react';
import { count, counted, money } from '../../../server/contract/format.js';
import type { TraceStep } from '../../lib/trace-path';
import { Amount } from '../../ui/amount';
import { LinkShare, linkShareWords } from './link-share';
import { BenefitAmounts } from './benefit-amounts';
import { flagWords } from './flags';
import { LayerIcon } from './layer-icon';
import type { BoxItem, RecordItem } from './outline';
import type { Row } from './outline-rows';
import { Owner } from './owner';
import { isWhole, type Model } from './use-chain-model';
import type { ChainView } from './use-chain-view';
import { layerAfter, PLURAL } from './words';

interface OutlineRowProps {
  row: Row;
  model: Model;
  view: Pick<ChainView, 'span' | 'min' | 'expand'>;
  isActive: boolean;
  isSelected: boolean;
  onTurn: () => void;
  onAct: () => void;
}

/** One row of the outline: the whole of it is one item of the tree, its number a link beside. */
export const OutlineRow = memo(
  function OutlineRow({ row, model, view, isActive, isSelected, onTurn, onAct }: OutlineRowProps) {
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
        <Contents row={row} model={model} view={view} />
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

function Contents({ row, model, view }: Pick<OutlineRowProps, 'row' | 'model' | 'view'>) {
  const { item } = row;
  const step = view.span === 'to_date' ? {} : { span: view.span };
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
  if (item.kind === 'gap' || item.kind === 'smaller') return <BoxContents item={item} model={model} view={view} />;
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
        {item.kind === 'record' && <Via item={item} model={model} step={step} />}
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
          <>
            {item.kind === 'record' && <PartOf item={item} model={model} step={step} />}
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
          </>
        )}
      </span>
    </>
  );
}

/** The part of a record's spend that flows along the link by which it stands here, unless that is all of it. */
const partOf = ({ via, node }: RecordItem): string | null =>
  via === null || via.link.cost === node.record.cost ? null : via.link.cost;

function PartOf({ item, model, step }: { item: RecordItem; model: Model; step: { span?: 'period' } }) {
  const part = partOf(item);
  if (part === null) return null;
  const { from, to } = item.via!.link;
  return (
    <>
      <Amount
        amount={part}
        scale={model.scale}
        name={`${item.via!.from.record.name} → ${item.via!.to.record.name}, spend along the link`}
        trace={{ figure: 'link.spend', type: from.type, ref: from.code, to: to.code, ...step }}
        tabIndex={-1}
      />{' '}
      <span className="unit">of</span>{' '}
    </>
  );
}

/** By which share of whose spend it stands here, and where else it stands. */
function Via({ item, model, step }: { item: RecordItem; model: Model; step: { span?: 'period' } }) {
  const [other, ...more] = item.elsewhere;
  return (
    <>
      {item.via && (
        <>
          {' · '}
          <LinkShare link={item.via.link} kind={shareKind(model)} step={step} tabIndex={-1} />
        </>
      )}
      {other && ` · also under ${other.record.name}${more.length > 0 ? ` and ${counted(more.length, 'other')}` : ''}`}
    </>
  );
}

function shareWords({ via }: RecordItem, model: Model): string {
  if (!via) return '';
  return linkShareWords(via.link, shareKind(model));
}

const shareKind = ({ outline }: Model): 'allocation' | 'contribution' =>
  outline.direction === 'forward' ? 'allocation' : 'contribution';

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

function boxStep({ kind, type }: BoxItem, { asked }: Model, { min, expand }: OutlineRowProps['view']): TraceStep {
  if (kind === 'gap' && type !== 'investment' && isWhole(asked))
    return { figure: `unreached.${type}`, ...(asked.span && { span: asked.span }) };
  if (kind === 'gap') return { figure: 'view.unreached', layer: type, ...asked };
  const drawn = { ...(min !== undefined && { min }), ...(expand.length > 0 && { expand: expand.join(',') }) };
  return { figure: 'view.smaller', layer: type, ...asked, ...drawn };
}

function BoxContents({ item, model, view }: { item: BoxItem; model: Model; view: OutlineRowProps['view'] }) {
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
        {box && (
          <Amount
            amount={box.cost}
            scale={model.scale}
            name={isGap ? `Spend that reaches no ${item.type}` : `Spend that reaches the ${boxWords(item)}`}
            trace={boxStep(item, model, view)}
            tabIndex={-1}
          />
        )}
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
    partOf(item) === null ? amount(record.cost) : `${amount(partOf(item)!)} of ${amount(record.cost)}`,
    item.via ? `${position} of ${size} links` : `${position} of ${size}`,
    ...(item.via ? [shareWords(item, model)] : []),
    ...(next ? [`leads to ${counted(model.benefits(item.node), 'benefit')}`] : []),
    kinds.length === 0 ? 'no gaps' : `gaps: ${flagWords(kinds)}`,
    ...(record.owner === null ? [] : [`owner ${record.owner}`]),
  ].join(', ');
}
