import { Link } from '@tanstack/react-router';
import { useRef, type KeyboardEvent } from 'react';
import type { CapabilityMap, CapabilityOnMap } from '../../../server/contract/capability.js';
import { toGeometry } from '../../../server/contract/decimal.js';
import { counted, money, scaled, unitOf, type Scale } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import type { MapSpan } from './api';
import type { MapSearch } from './capabilities-page';
import { moved } from './nesting';
import { COLOUR_WORDS, coloursOf, type Colour, largestOf, shadeOf, STEP_WORDS } from './shades';
import { importanceOf, levelOf } from './words';

interface MapCardProps {
  map: CapabilityMap;
  span: MapSpan;
  colour: Colour;
  scale: Scale;
  go: (change: MapSearch) => void;
}

/** Boxes in boxes: what a capability is part of holds it. Arrows follow the nesting. */
export function MapCard({ map, span, colour, scale, go }: MapCardProps) {
  const { currency } = usePageScope();
  const list = useRef<HTMLUListElement>(null);
  const colours = coloursOf(map.unassessed);
  const codes = new Set(map.items.map(({ code }) => code));
  const tops = map.items.filter(({ parent }) => parent === null || !codes.has(parent));
  const largest = { cost: largestOf(map.items, 'cost'), realised: largestOf(map.items, 'realised') };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset['capability'];
    const to = at === undefined ? null : moved(map.items, at, event.key);
    if (to === null) return;
    event.preventDefault();
    for (const link of list.current!.querySelectorAll<HTMLElement>('[data-capability]')) {
      const isNext = link.dataset['capability'] === to;
      link.tabIndex = isNext ? 0 : -1;
      if (isNext) link.focus();
    }
  };
  return (
    <section className="card cap-map" aria-labelledby="cap-map-head">
      <h2 id="cap-map-head">The map</h2>
      <div className="cap-controls">
        <label className="filter">
          Colour by
          <select
            className="input"
            value={colour}
            onChange={({ target: { value } }) => go({ colour: value === colours[0] ? undefined : value } as MapSearch)}
          >
            {colours.map((each) => (
              <option key={each} value={each}>
                {COLOUR_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
        <label className="filter">
          Spend and benefit
          <select
            className="input"
            value={span}
            onChange={({ target: { value } }) => go({ span: value === 'period' ? undefined : value } as MapSearch)}
          >
            <option value="period">Of the quarter</option>
            <option value="to_date">To date</option>
          </select>
        </label>
      </div>
      <Legend colour={colour} unit={unitOf(scale, currency)} hasLevels={map.unassessed === null} />
      <ul
        className="cap-boxes"
        ref={list}
        onKeyDown={onKeyDown}
        aria-label="Capabilities, by what they are part of. Arrow keys move between boxes."
      >
        {tops.map((item, index) => (
          <Box key={item.code} {...{ item, map, span, colour, scale, largest }} isFirst={index === 0} />
        ))}
      </ul>
    </section>
  );
}

function Legend({ colour, unit, hasLevels }: { colour: Colour; unit: string; hasLevels: boolean }) {
  return (
    <p className="legend caption cap-legend">
      <span>{COLOUR_WORDS[colour]}:</span>
      {STEP_WORDS[colour].map((words, index) => (
        <span key={index} className="legend-item">
          <span className={`cap-swatch cap-shade-${index + 1}`} aria-hidden="true" /> {words}
        </span>
      ))}
      {(colour === 'maturity' || colour === 'gap') && (
        <span className="legend-item">
          <span className="cap-swatch" aria-hidden="true" /> {colour === 'maturity' ? 'not assessed' : 'not known'}
        </span>
      )}
      {hasLevels && <span className="legend-item">2 → 4: level now → target</span>}
      <span className="legend-item">
        <span className="cap-swatch cap-swatch-strategic" aria-hidden="true" /> heavy frame: strategic
      </span>
      <span className="legend-item">bar at the foot: spend, {unit}, one scale</span>
    </p>
  );
}

interface BoxProps {
  item: CapabilityOnMap;
  map: CapabilityMap;
  span: MapSpan;
  colour: Colour;
  scale: Scale;
  largest: { cost: number; realised: number };
  isFirst?: boolean;
}

function Box({ item, isFirst = false, ...rest }: BoxProps) {
  const { map, span, colour, scale, largest } = rest;
  const { code, name, strategic, gap, cost, realised } = item;
  const parts = map.items.filter(({ parent }) => parent === code);
  const shade = shadeOf(item, colour, largest);
  const of = { type: 'capability', ref: code } as const;
  const width = largest.cost <= 0 ? 0 : Math.max(0, (toGeometry(cost) / largest.cost) * 100);
  return (
    <li className={parts.length > 0 ? 'cap-holds' : ''}>
      <div className={`cap-box ${strategic ? 'cap-strategic' : ''} ${shade === null ? '' : `cap-shade-${shade}`}`}>
        <Link
          to="/capabilities/$ref"
          params={{ ref: code }}
          className="cap-name"
          data-capability={code}
          tabIndex={isFirst ? 0 : -1}
          aria-label={useSpoken(item, scale, map.unassessed === null)}
        >
          {name}
        </Link>
        <span className="cap-tag">{importanceOf(strategic)}</span>
        {map.unassessed === null && <Level {...{ item }} />}
        {colour === 'gap' && gap !== null && (
          <span className="cap-gap figures">
            gap{' '}
            <Num trace={{ figure: 'maturity.gap', ...of }} label={`Maturity gap of ${name} ${gap}`} tabIndex={-1}>
              {levelOf(gap)}
            </Num>
          </span>
        )}
        <span className="cap-spend">
          <svg className="cap-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 6">
            <rect className="cap-bar-ac" width={width} height="6" />
          </svg>
          <span className="figures">
            {colour === 'benefit' ? (
              <>
                benefit{' '}
                <Amount
                  amount={realised}
                  scale={scale}
                  name={`Realised benefit credited to ${name}`}
                  trace={{ figure: 'node.realised', ...of, span }}
                  tabIndex={-1}
                />
              </>
            ) : (
              <Amount
                amount={cost}
                scale={scale}
                name={`Spend that reaches ${name}`}
                trace={{ figure: 'node.cost', ...of, span }}
                tabIndex={-1}
              />
            )}
          </span>
        </span>
      </div>
      {parts.length > 0 && (
        <ul className="cap-boxes">
          {parts.map((part) => (
            <Box key={part.code} item={part} {...rest} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** `2 → 4`: level now → target. */
function Level({ item: { code, name, level, target } }: { item: CapabilityOnMap }) {
  return (
    <span className="cap-level figures">
      {level === null ? (
        'not assessed'
      ) : (
        <Num
          trace={{ figure: 'maturity.level', type: 'capability', ref: code }}
          label={`Maturity of ${name} ${level} of 5`}
          tabIndex={-1}
        >
          {levelOf(level)}
        </Num>
      )}
      {target !== null && <> → {levelOf(target)}</>}
    </span>
  );
}

/** `Claims handling, strategic, maturity 2 of 5, target 4, spend 3.1 m EUR, 2 initiatives`; of levels nothing where none is known. */
function useSpoken(
  { name, strategic, level, target, cost, initiatives }: CapabilityOnMap,
  scale: Scale,
  hasLevels: boolean,
): string {
  const { currency } = usePageScope();
  return [
    name,
    importanceOf(strategic).toLowerCase(),
    ...(hasLevels
      ? [level === null ? 'not assessed' : `maturity ${level} of 5`, target === null ? 'no target' : `target ${target}`]
      : []),
    `spend ${scaled(cost, scale) === '0' ? money(cost, currency) : money(cost, currency, scale)}`,
    counted(initiatives, 'initiative'),
  ].join(', ');
}
