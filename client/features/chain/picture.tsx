import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, type ComponentProps, type ReactNode } from 'react';
import { LAYERS, type Layer, type Picture, type PictureNode } from '../../../server/contract/chain.js';
import { ChartFigure } from '../../charts/chart-figure';
import type { SankeyBox } from '../../charts/sankey';
import { ScenarioKey } from '../../charts/scenario';
import type { TwinCell, TwinTable } from '../../charts/twin';
import { useElementSize } from '../../charts/use-element-size';
import { compare, isZero } from '../../../server/contract/decimal.js';
import { counted, inFull, scaled, unitOf, type Scale } from '../../../server/contract/format.js';
import type { TraceStep } from '../../lib/trace-path';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { Empty, Skeleton } from '../../ui/query-state';
import { throughQuery } from './api';
import { describePicture } from './describe-picture';
import type { Graph } from './graph';
import { isWhole, type Asked, type Model } from './use-chain-model';
import type { ChainView } from './use-chain-view';
import { capital, PLURAL } from './words';

const Sankey = lazy(() => import('../../charts/sankey'));

interface ChainPictureProps {
  picture: Picture;
  model: Model;
  view: ChainView;
  onSelect: (id: string) => void;
  onExpand: (layer: Layer) => void;
}

/** The drawing needs this much for five columns with names; in a narrower place it scrolls. */
const LEAST_WIDTH = 640;

/** How much spend flows along which links, and where it stops. */
export function ChainPicture({ picture, model, view, onSelect, onExpand }: ChainPictureProps) {
  const { scale, page } = model;
  const boxes = useMemo(() => picture.nodes.map((node) => boxOf(node, scale)), [picture.nodes, scale]);
  const links = useMemo(
    () => picture.links.map(({ from, to, cost, isGap }) => ({ from, to, amount: cost, isGap })),
    [picture.links],
  );
  const { asked } = model;
  const { node, min, expand } = view;
  const drawn = useMemo(
    () => ({ ...(min !== undefined && { min }), ...(expand.length > 0 && { expand: expand.join(',') }) }),
    [min, expand],
  );
  const twin = twinOf(picture, page.currency, { ...asked, ...drawn });
  const isRecord = node !== undefined && model.graph.nodes.has(node);
  const through = useQuery({ ...throughQuery(page, view, node ?? ''), enabled: isRecord }).data;
  const chosen = useMemo(() => (isRecord && through ? throughOf(through) : null), [isRecord, through]);
  if (compare(picture.invested, '0') <= 0)
    return (
      <section className="card" aria-label="Picture">
        <Empty>No spend flows along these paths, so there is nothing to draw. The outline shows all records.</Empty>
      </section>
    );
  return (
    <ChartFigure
      name="chain"
      message={<PictureMessage picture={picture} model={model} />}
      about={`${page.scopeName} · width: actual cost allocated along links, ${unitOf(scale, page.currency)}; benefits: AC of PL · ${view.span === 'to_date' ? 'to date' : 'this period'}`}
      twin={twin}
      legend={
        <>
          <span>Width: spend</span>
          <ScenarioKey scenarios={['AC', 'PL']} words={{ AC: 'realised', PL: 'planned' }} gap="goes no further" />
        </>
      }
      controls={<Regroup {...{ picture, view, onExpand }} />}
    >
      <Drawing
        boxes={boxes}
        links={links}
        description={describePicture(picture, scale)}
        selected={selectedBox(picture, view.node, model.graph)}
        chosen={chosen}
        onSelect={({ id, kind, column }) => (kind === 'smaller' ? onExpand(LAYERS[column]!) : onSelect(id))}
      />
    </ChartFigure>
  );
}

const HEADERS = LAYERS.map((layer) => capital(PLURAL[layer]));

type DrawingProps = Pick<
  ComponentProps<typeof Sankey>,
  'boxes' | 'links' | 'description' | 'selected' | 'chosen' | 'onSelect'
>;

/** Measured where it stands: a component of its own, because there may be nothing to draw at first. */
function Drawing(props: DrawingProps) {
  const [frame, size] = useElementSize<HTMLDivElement>();
  return (
    <div
      ref={frame}
      className="table-region picture-frame"
      role="region"
      aria-label="Picture of the chain"
      tabIndex={0}
    >
      <Suspense fallback={<Skeleton rows={8} />}>
        {size && (
          <Sankey
            {...props}
            headers={HEADERS}
            width={Math.max(Math.floor(size.width), LEAST_WIDTH * size.scale)}
            scale={size.scale}
          />
        )}
      </Suspense>
    </div>
  );
}

/** The box in which the chosen record is drawn. */
function selectedBox({ nodes }: Picture, id: string | undefined, graph: Graph): string | undefined {
  if (id === undefined || nodes.some((node) => node.id === id)) return id;
  if (!graph.nodes.has(id)) return undefined;
  return nodes.find(({ kind, type }) => kind === 'smaller' && id.startsWith(`${type}:`))?.id;
}

/** What of each box and each pair of boxes goes through the chosen record; drawn, never printed. */
const throughOf = ({ nodes, links }: Picture): ReadonlyMap<string, string> =>
  new Map([
    ...nodes.map(({ id, through }) => [id, through ?? '0'] as const),
    ...links.map(({ from, to, through }) => [`${from} ${to}`, through ?? '0'] as const),
  ]);

const boxOf = (node: PictureNode, scale: Scale): SankeyBox => {
  const { id, type, kind } = node;
  const name = kind === 'gap' ? `(${node.name.toLowerCase()})` : node.name;
  const column = LAYERS.indexOf(type);
  if (kind === 'smaller') return { id, kind, column, name, amount: `(${scaled(node.cost, scale)})` };
  const box = { id, kind, name, column, amount: scaled(node.cost, scale) };
  if (type !== 'benefit' || kind === 'gap') return box;
  const { planned, realised } = node;
  const amount =
    planned === null && realised === null ? 'not in money' : realised === null ? 'x' : scaled(realised, scale);
  return hasValues(node) ? { ...box, amount, benefit: { planned, realised } } : { ...box, amount };
};

/** A benefit with values in money: drawn as bars beside its name. */
const hasValues = ({ type, kind, planned, realised }: PictureNode): boolean =>
  type === 'benefit' && kind === 'record' && (planned !== null || realised !== null);

/** Rule: how much of the spend on these paths reaches a benefit. */
function PictureMessage({ picture, model }: Pick<ChainPictureProps, 'picture' | 'model'>): ReactNode {
  const { scale, asked } = model;
  const lost = picture.nodes.find(({ id }) => id === 'gap:benefit')?.cost ?? '0';
  const isAll = isWhole(asked);
  const amount = (value: string, name: string, trace: TraceStep) => (
    <Amount amount={value} scale={scale} name={name} trace={{ ...trace, ...asked }} withUnit />
  );
  const invested = amount(picture.invested, 'Spend', { figure: isAll ? 'spend' : 'view.spend' });
  if (isZero(lost))
    return (
      <>
        All of {invested} on {isAll ? 'all' : 'these'} paths reaches a benefit
      </>
    );
  if (compare(lost, picture.invested) === 0)
    return (
      <>
        None of {invested} on {isAll ? 'all' : 'these'} paths reaches a benefit
      </>
    );
  return (
    <>
      {amount(
        lost,
        'Spend that does not reach a benefit',
        isAll ? { figure: 'unreached.benefit' } : { figure: 'view.unreached', layer: 'benefit' },
      )}{' '}
      of {invested} on {isAll ? 'all' : 'these'} paths does not reach a benefit
    </>
  );
}

/** Layers that are drawn one by one can be drawn together again. */
function Regroup({ picture, view, onExpand }: Pick<ChainPictureProps, 'picture' | 'view' | 'onExpand'>) {
  if (view.expand.length === 0) return null;
  return (
    <p className="actions">
      {view.expand.map((layer) => {
        const shown = picture.layers.find(({ type }) => type === layer)?.shown ?? 0;
        return (
          <Button key={layer} look="plain" onClick={() => onExpand(layer)}>
            Draw the smaller of {counted(shown, layer, PLURAL[layer])} together
          </Button>
        );
      })}
    </p>
  );
}

/** One row a link, then one a benefit that is drawn with its values: a cell for each mark of the drawing. */
function twinOf(
  { nodes, links }: Picture,
  currency: string,
  asked: Asked & { min?: string; expand?: string },
): TwinTable {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const number = (value: string | null, label: string, trace: TraceStep): TwinCell =>
    value === null
      ? null
      : { number: value, printed: inFull(value), trace, label: `${label} ${inFull(value, currency)}` };
  const named = (node: PictureNode) => [{ text: node.code ?? '' }, { text: node.name }];
  const none = { text: '' };
  return {
    columns: ['From code', 'From', 'To code', 'To', `Spend, ${currency}`, `AC, ${currency}`, `PL, ${currency}`],
    rows: [
      ...links.map(({ from, to, cost }) => {
        const [source, target] = [byId.get(from)!, byId.get(to)!];
        const label = `${source.name} → ${target.name}, spend`;
        return [
          ...named(source),
          ...named(target),
          number(cost, label, { figure: 'view.link', from, to, ...asked }),
          none,
          none,
        ];
      }),
      ...nodes.filter(hasValues).map((node) => {
        const trace = { type: 'benefit', ref: node.code! };
        return [
          none,
          none,
          ...named(node),
          none,
          number(node.realised, `${node.name}, realised`, { figure: 'node.realised', ...trace }),
          number(node.planned, `${node.name}, planned`, { figure: 'node.planned', ...trace }),
        ];
      }),
    ],
  };
}
