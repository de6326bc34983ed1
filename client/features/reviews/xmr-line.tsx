import { cellsOf } from '../../../server/contract/review-cells.js';
import type { ReviewCell, ReviewDrawing } from '../../../server/contract/review.js';
import { describeSeries } from '../../charts/describe';
import { spread } from '../../charts/geometry';
import { HollowSquare, SolidDot } from '../../charts/scenario';
import { rangeOf, trendPlaces } from '../../charts/xmr';
import { useElementSize } from '../../charts/use-element-size';
import { printerOf } from './drawn-cells';
import { PrintedCell } from './printed-cell';
import '../../charts/metrics.css';

type Xmr = Extract<ReviewDrawing, { kind: 'xmr' }>;

const RIGHT = 120;
const AXIS = 22;
const PAD = 10;

/** Values over time with their mean and limits; a point that has really changed is a diamond. */
export function XmrLine({ drawing }: { drawing: Xmr }) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="xmr review-xmr" ref={element}>
      {size && size.width > 0 && <Line drawing={drawing} {...size} />}
    </div>
  );
}

/** Lengths only; what is read is the text of the cell. */
const lengthOf = (cell: ReviewCell | null): number | null =>
  cell === null || cell.value === null ? null : Number(cell.value);

function Line({ drawing, width, height, scale }: { drawing: Xmr; width: number; height: number; scale: number }) {
  const { points, limits: stated, target, about, unit } = drawing;
  const [right, axis] = [RIGHT * scale, AXIS * scale];
  const inner = width - right;
  const values = points.map(({ value }) => lengthOf(value));
  const ends = [stated?.lower ?? null, stated?.upper ?? null, stated?.centre ?? null, target].map(lengthOf);
  const span = rangeOf(values, null, ends);
  const box = { width: inner, height: height - axis, pad: PAD };
  const places = trendPlaces(values, null, box, span);
  const y = (value: number) => PAD + ((span.max - value) / (span.max - span.min)) * (box.height - 2 * PAD);
  const x = (at: number) => PAD + (points.length > 1 ? (at * (inner - 2 * PAD)) / (points.length - 1) : 0);
  const each = Math.max(1, Math.ceil((66 * scale) / ((inner - 2 * PAD) / Math.max(1, points.length - 1))));
  const last = points.at(-1);
  const lines = [
    ...(last ? [{ name: 'latest', cell: last.value }] : []),
    ...(stated
      ? [
          { name: 'upper', cell: stated.upper },
          { name: 'mean', cell: stated.centre },
          { name: 'lower', cell: stated.lower },
        ]
      : []),
    ...(target ? [{ name: 'target', cell: target }] : []),
  ].flatMap(({ name, cell }) => {
    const value = lengthOf(cell);
    return value === null ? [] : [{ name, cell, at: y(value) }];
  });
  const description = describeSeries(
    `${about}, ${unit}`,
    points.map(({ label, value }) => ({ label, value: value.value })),
    printerOf(cellsOf(drawing)),
  );
  return (
    <>
      <svg className="xmr-drawing" width={width} height={height} role="img" aria-label={description}>
        {lines
          .filter(({ name }) => ['upper', 'mean', 'lower'].includes(name))
          .map(({ name, at }) => (
            <line
              key={name}
              className={name === 'mean' ? 'mark-mean' : 'mark-limit'}
              x1={0}
              x2={inner}
              y1={at}
              y2={at}
            />
          ))}
        <path className="mark-trend" d={places.path} />
        {places.points.map((point, at) =>
          point === null ? null : points[at]!.isSignal ? (
            <path key={at} className="mark-signal" d={`M${point.x} ${point.y - 6}l6 6-6 6-6-6Z`} />
          ) : (
            <SolidDot key={at} {...point} />
          ),
        )}
        {lengthOf(target) !== null && <HollowSquare x={inner} y={y(lengthOf(target)!)} />}
      </svg>
      {points.map(({ label, value }, at) => (
        <div key={label}>
          {value.value === null && (
            <span className="xmr-label xmr-centred" style={{ left: x(at), top: box.height / 2 }}>
              {value.text}
            </span>
          )}
          {(points.length - 1 - at) % each === 0 && (at > 0 || each === 1) && (
            <span className="xmr-label xmr-centred" style={{ left: x(at), top: height - axis }}>
              {label}
            </span>
          )}
        </div>
      ))}
      {spread(lines, 19 * scale, box.height).map(({ name, cell, at }) => (
        <span
          key={name}
          className={`xmr-label ${name === 'latest' ? 'xmr-latest' : ''}`}
          style={{ left: inner + 10, top: at - 8 * scale }}
        >
          {name} <PrintedCell cell={cell} unit={unit} />
        </span>
      ))}
    </>
  );
}
