import { lazy, Suspense, useMemo, type ComponentProps, type ReactNode } from 'react';
import { LAYERS, type Layer, type Picture, type PictureNode } from '../../../server/contract/chain.js';
import { ChartFigure } from '../../charts/chart-figure';
import type { SankeyBox } from '../../charts/sankey';
import { ScenarioKey } from '../../charts/scenario';
import type { TwinTable } from '../../charts/twin';
import { useElementSize } from '../../charts/use-element-size';
import { compare, isZero } from '../../lib/decimal';
import { counted, inFull, money, scaled, unitOf, type Scale } from '../../lib/format';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { Empty, Skeleton } from '../../ui/query-state';
import { describePicture } from './describe-picture';
import type { Graph } from './graph';
import { isWhole, type Model } from './use-chain-model';
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
  const twin = useMemo(() => twinOf(picture, page.currency), [picture, page.currency]);
  if (compare(picture.invested, '0') <= 0)
    return (
      <section className="card" aria-label="Picture">
        <Empty>No spend flows along these paths, so there is nothing to draw. The outline shows all records.</Empty>
      </section>
    );
  return (
    <ChartFigure
      name="chain"
      message={<PictureMessage picture={picture} model={model} view={view} />}
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
        onSelect={({ id, kind, column }) => (kind === 'smaller' ? onExpand(LAYERS[column]!) : onSelect(id))}
      />
    </ChartFigure>
  );
}

const HEADERS = LAYERS.map((layer) => capital(PLURAL[layer]));

type DrawingProps = Pick<ComponentProps<typeof Sankey>, 'boxes' | 'links' | 'description' | 'selected' | 'onSelect'>;

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
  return planned === null && realised === null
    ? { ...box, amount }
    : { ...box, amount, benefit: { planned, realised } };
};

/** Rule: how much of the spend on these paths reaches a benefit. */
function PictureMessage({ picture, model, view }: Pick<ChainPictureProps, 'picture' | 'model' | 'view'>): ReactNode {
  const { page, scale } = model;
  const lost = picture.nodes.find(({ id }) => id === 'gap:benefit')?.cost ?? '0';
  const step = view.span === 'to_date' ? {} : { span: view.span };
  const isAll = isWhole(picture, model.chain);
  const amount = (value: string, name: string, figure: 'spend' | 'unreached.benefit') =>
    isAll ? (
      <Amount amount={value} scale={scale} name={name} trace={{ figure, ...step }} withUnit />
    ) : (
      <span className="figures">{money(value, page.currency, scale)}</span>
    );
  const invested = amount(picture.invested, 'Spend', 'spend');
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
      {amount(lost, 'Spend that does not reach a benefit', 'unreached.benefit')} of {invested} on{' '}
      {isAll ? 'all' : 'these'} paths does not reach a benefit
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

/** One row a link; of those into a benefit also what was planned and realised. */
function twinOf({ nodes, links }: Picture, currency: string): TwinTable {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const amount = (value: string | null) => (value === null ? null : { number: value, printed: inFull(value) });
  return {
    columns: ['From', 'To', `Spend, ${currency}`, `AC of the benefit, ${currency}`, `PL of the benefit, ${currency}`],
    rows: links.map(({ from, to, cost }) => {
      const target = byId.get(to)!;
      const isBenefit = target.type === 'benefit' && target.kind !== 'gap';
      return [
        { text: byId.get(from)!.name },
        { text: target.name },
        amount(cost),
        isBenefit ? amount(target.realised) : { text: '' },
        isBenefit ? amount(target.planned) : { text: '' },
      ];
    }),
  };
}
