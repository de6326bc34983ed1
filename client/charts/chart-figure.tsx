import { useId, useSyncExternalStore, type ReactNode } from 'react';
import { Num } from '../ui/num';
import { usePageScope } from '../ui/page-scope';
import { csvAddress, type TwinCell, type TwinTable } from './twin';
import './charts.css';

interface ChartFigureProps {
  /** What the drawing shows, as a finding. */
  message: ReactNode;
  /** Who, what, when: no judgement. */
  about: string;
  /** Remembers whether the twin is open; also names the CSV file. */
  name: string;
  twin: TwinTable;
  /** How the marks are to be read. */
  legend?: ReactNode;
  /** What is drawn can be chosen: beside the key. */
  controls?: ReactNode;
  children: ReactNode;
  /** Where the figures come from, and as of when. */
  source?: ReactNode;
  className?: string;
}

/** The frame of every drawing: message, who·what·when, key, drawing, the same as a table, and as a file. */
export function ChartFigure({
  message,
  about,
  name,
  twin,
  legend,
  controls,
  children,
  source,
  className = '',
}: ChartFigureProps) {
  const captionId = useId();
  // A file leaves the page that says so: its name tells that the data are the example's.
  const fileName = `${usePageScope().isExample ? 'example-' : ''}${name}.csv`;
  return (
    <figure className={`card chart-figure ${className}`} aria-labelledby={captionId} data-chart={name}>
      <figcaption id={captionId}>
        <p className="panel-message">{message}</p>
        <p className="about">{about}</p>
      </figcaption>
      <div className="chart-foot">
        <Twin name={name} twin={twin} />
        <a className="caption" download={fileName} href={csvAddress(twin)}>
          CSV
        </a>
        {source && <span className="caption">{source}</span>}
      </div>
      {(legend || controls) && (
        <div className="chart-head">
          <p className="legend caption">{legend}</p>
          {controls}
        </div>
      )}
      <div className="drawing">{children}</div>
    </figure>
  );
}

function Twin({ name, twin }: { name: string; twin: TwinTable }) {
  const isOpen = useSyncExternalStore(
    () => () => {},
    () => remembered(name),
  );
  return (
    <details className="twin" open={isOpen} onToggle={(event) => remember(name, event.currentTarget.open)}>
      <summary className="caption">
        <span className="twin-closed">Show as table</span>
        <span className="twin-open">Show as drawing</span>
      </summary>
      <div className="table-region" role="region" aria-label={`${name.replaceAll('-', ' ')} as a table`} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {twin.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {twin.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) =>
                  column === 0 ? (
                    <th key={column} scope="row">
                      {printed(cell)}
                    </th>
                  ) : (
                    <td key={column} className={cell !== null && 'number' in cell ? 'numeric' : ''}>
                      <Cell cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Cell({ cell }: { cell: TwinCell }) {
  if (cell === null || !('number' in cell) || !cell.trace) return printed(cell);
  return (
    <Num trace={cell.trace} label={cell.label ?? cell.printed}>
      {cell.printed}
    </Num>
  );
}

const printed = (cell: TwinCell): ReactNode =>
  cell === null ? 'x' : (cell.shown ?? ('number' in cell ? cell.printed : cell.text));

const key = (name: string): string => `throughline.twin.${name}`;
const remembered = (name: string): boolean => {
  try {
    return localStorage.getItem(key(name)) === 'open';
  } catch {
    return false;
  }
};
const remember = (name: string, isOpen: boolean): void => {
  try {
    if (isOpen) localStorage.setItem(key(name), 'open');
    else localStorage.removeItem(key(name));
  } catch {
    // Storage is switched off: the table is closed again next time.
  }
};
