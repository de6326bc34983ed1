import { useMemo, useState } from 'react';
import { Sankey as Diagram, type SankeyLinkProps, type SankeyNodeProps } from 'recharts';
import { ScenarioMark } from './scenario';
import { domainOf, extent, type Domain } from './geometry';
import { toGeometry } from '../../server/contract/decimal.js';
import { layoutOf, LINE, NODE } from './sankey-layout';
import './sankey.css';

export interface SankeyBox {
  id: string;
  column: number;
  name: string;
  /** Printed under the name. */
  amount: string;
  kind: 'record' | 'smaller' | 'gap';
  /** In place of the amount: what was realised of a plan. */
  benefit?: { planned: string | null; realised: string | null };
}
export interface SankeyLink {
  from: string;
  to: string;
  /** The width. */
  amount: string;
  isGap: boolean;
}

interface SankeyProps {
  boxes: readonly SankeyBox[];
  links: readonly SankeyLink[];
  /** Over each column. */
  headers: readonly string[];
  /** What is drawn, in words. */
  description: string;
  width: number;
  /** Root font size over 16 px. */
  scale: number;
  selected: string | undefined;
  /** What of each box (by id) and link (`from to`) belongs to what is chosen; null where it is not known. */
  chosen: ReadonlyMap<string, string> | null;
  onSelect: (box: SankeyBox) => void;
}

/** The drawing for who sees it and has a mouse; all that it does can be done in the outline. */
export default function SankeyDrawing({
  boxes,
  links,
  headers,
  description,
  width,
  scale,
  selected,
  chosen,
  onSelect,
}: SankeyProps) {
  const [hovered, setHovered] = useState<string>();
  const placeOf = useMemo(() => new Map(boxes.map(({ id }, index) => [id, index])), [boxes]);
  const data = useMemo(
    () => ({
      nodes: boxes.map((box) => ({ ...box })),
      links: links.map(({ from, to, amount, isGap }) => ({
        source: placeOf.get(from)!,
        target: placeOf.get(to)!,
        // Money that came back has no width; its amount is in the table.
        value: Math.max(0, toGeometry(amount)),
        isGap,
      })),
    }),
    [boxes, links, placeOf],
  );
  // Of a box that is pointed at the links of its own; of what is chosen, as far as it goes, its part of each.
  const at = hovered ?? selected;
  const isChosen = chosen !== null && hovered === undefined;
  const lit = useMemo(() => (isChosen ? namesIn(chosen) : linksAt(links, at)), [isChosen, chosen, links, at]);
  const shareOf = (key: string, amount: string): number => {
    const all = toGeometry(amount);
    return !isChosen || all <= 0 ? 1 : Math.min(1, Math.max(0, toGeometry(chosen.get(key) ?? '0') / all));
  };
  const columns = headers.length;
  const { margin, height, apart, step, names } = useMemo(
    () => layoutOf(boxes, links, { columns, width, scale }),
    [boxes, links, columns, width, scale],
  );
  const domain = domainOf(boxes.flatMap(({ benefit }) => (benefit ? [benefit.planned, benefit.realised] : [])));

  const box = (props: SankeyNodeProps) => {
    const drawn = boxes[props.index]!;
    return (
      <g
        className={`sankey-box sankey-${drawn.kind} ${classOf(lit, drawn.id)} ${drawn.id === selected ? 'sankey-selected' : ''}`}
        data-box={drawn.id}
        onMouseEnter={() => setHovered(drawn.id)}
        onMouseLeave={() => setHovered(undefined)}
        onClick={() => onSelect(drawn)}
      >
        <title>{drawn.name}</title>
        <rect x={props.x} y={props.y} width={props.width} height={Math.max(2, props.height)} className="sankey-mark" />
        <BoxLabel
          box={drawn}
          lines={names.get(drawn.id)!}
          x={props.x + NODE + 5}
          y={props.y + props.height / 2}
          {...{ scale, domain }}
        />
      </g>
    );
  };
  const ribbon = (props: SankeyLinkProps) => {
    const drawn = links[props.index]!;
    const key = `${drawn.from} ${drawn.to}`;
    const share = shareOf(key, drawn.amount);
    const { sourceX, sourceY, sourceControlX, targetX, targetY, targetControlX } = props;
    const d = `M${sourceX},${sourceY} C${sourceControlX},${sourceY} ${targetControlX},${targetY} ${targetX},${targetY}`;
    const tone = `sankey-link ${drawn.isGap ? 'sankey-link-gap' : ''}`;
    const isPart = lit?.has(key) === true && share < 1;
    return (
      <>
        <path
          d={d}
          strokeWidth={Math.max(1, props.linkWidth)}
          className={`${tone} ${isPart ? 'sankey-dim' : classOf(lit, key)}`}
          data-link={`${drawn.from} → ${drawn.to}`}
          data-from={drawn.from}
          data-to={drawn.to}
        />
        {isPart && (
          <path
            d={d}
            strokeWidth={Math.max(1, props.linkWidth * share)}
            className={`${tone} sankey-lit`}
            data-part={`${drawn.from} → ${drawn.to}`}
          />
        )}
      </>
    );
  };
  return (
    <Diagram
      width={width}
      height={height}
      data={data}
      node={box}
      link={ribbon}
      nodeWidth={NODE}
      nodePadding={apart}
      margin={margin}
      sort={false}
      align="left"
      iterations={24}
      accessibilityLayer={false}
      role="img"
      aria-label={description}
      className="sankey"
    >
      {headers.map((header, column) => (
        <text key={header} x={margin.left + column * step} y={14 * scale} className="sankey-header">
          {header}
        </text>
      ))}
    </Diagram>
  );
}

const classOf = (lit: ReadonlySet<string> | null, id: string): string =>
  lit === null ? '' : lit.has(id) ? 'sankey-lit' : 'sankey-dim';

/** The boxes and links of which something belongs to what is chosen. */
const namesIn = (chosen: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set([...chosen].flatMap(([name, amount]) => (toGeometry(amount) === 0 ? [] : [name])));

/** A box with its links and their other ends; null without one. */
function linksAt(links: readonly SankeyLink[], id: string | undefined): ReadonlySet<string> | null {
  const own = links.filter(({ from, to }) => from === id || to === id);
  if (id === undefined || own.length === 0) return null;
  return new Set([id, ...own.flatMap(({ from, to }) => [from, to, `${from} ${to}`])]);
}

interface BoxLabelProps {
  box: SankeyBox;
  lines: readonly string[];
  x: number;
  /** The middle of the box, and of its label. */
  y: number;
  scale: number;
  domain: Domain;
}

function BoxLabel({ box, lines, x, y, scale, domain }: BoxLabelProps) {
  const baseline = (line: number): number => y + ((line - (lines.length + 1) / 2) * LINE + 11) * scale;
  const below = baseline(lines.length);
  const bar = 44 * scale;
  return (
    <>
      {lines.map((line, at) => (
        <text key={at} x={x} y={baseline(at)} className="sankey-name">
          {line}
        </text>
      ))}
      {box.benefit && (
        <svg x={x} y={below - 9 * scale} width={bar} height={10 * scale} overflow="visible" aria-hidden="true">
          {box.benefit.planned !== null && (
            <ScenarioMark
              scenario="PL"
              y={0.5}
              height={9 * scale}
              {...extent(0, toGeometry(box.benefit.planned), domain)}
            />
          )}
          {box.benefit.realised !== null && (
            <ScenarioMark
              scenario="AC"
              y={2.5 * scale}
              height={5 * scale}
              {...extent(0, toGeometry(box.benefit.realised), domain)}
            />
          )}
        </svg>
      )}
      <text x={box.benefit ? x + bar + 6 * scale : x} y={below} className="sankey-amount">
        {box.amount}
      </text>
    </>
  );
}
