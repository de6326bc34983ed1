import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PageSearch } from '../lib/address';
import { count } from '../../server/contract/format.js';
import { orgUnitsQuery, portfoliosQuery, type ScopeItem } from './scope-api';

interface ScopePickerProps {
  portfolio: string | undefined;
  orgUnit: string | undefined;
  /** What it is called when nothing narrows it. */
  widest: string;
  readsPortfolios: boolean;
  readsOrgUnits: boolean;
}

/** Whose figures the page shows. The choice is in the address, so a link shows the same. */
export function ScopePicker({ portfolio, orgUnit, widest, readsPortfolios, readsOrgUnits }: ScopePickerProps) {
  const portfolios = useQuery({ ...portfoliosQuery, enabled: readsPortfolios });
  const orgUnits = useQuery({ ...orgUnitsQuery, enabled: readsOrgUnits });
  const navigate = useNavigate();
  const chosen = portfolio !== undefined ? `portfolio:${portfolio}` : orgUnit !== undefined ? `orgUnit:${orgUnit}` : '';
  const known = [
    ...(portfolios.data?.items ?? []).map(({ code }) => `portfolio:${code}`),
    ...(orgUnits.data?.items ?? []).map(({ code }) => `orgUnit:${code}`),
  ];
  const choose = (value: string) => {
    const at = value.indexOf(':');
    const scope = {
      portfolio: undefined,
      orgUnit: undefined,
      ...(at > 0 ? { [value.slice(0, at)]: value.slice(at + 1) } : {}),
    };
    void navigate({ to: '.', search: (current: PageSearch) => ({ ...current, ...scope }), resetScroll: false });
  };
  return (
    <label className="picker scope-picker">
      <span className="visually-hidden">Scope</span>
      <select value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{widest}</option>
        {chosen !== '' && !known.includes(chosen) && <option value={chosen}>{portfolio ?? orgUnit}</option>}
        {readsPortfolios && (
          <Group
            label="Portfolios"
            name="portfolio"
            items={portfolios.data?.items ?? []}
            total={portfolios.data?.total ?? 0}
          />
        )}
        {readsOrgUnits && (
          <Group
            label="Org units"
            name="orgUnit"
            items={asTree(orgUnits.data?.items ?? [])}
            total={orgUnits.data?.total ?? 0}
          />
        )}
      </select>
    </label>
  );
}

interface GroupProps {
  label: string;
  name: 'portfolio' | 'orgUnit';
  items: readonly (ScopeItem & { depth?: number })[];
  total: number;
}

function Group({ label, name, items, total }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <optgroup label={label}>
      {items.map(({ code, name: title, depth = 0 }) => (
        <option key={code} value={`${name}:${code}`}>
          {'\u2003'.repeat(depth)}
          {title} ({code})
        </option>
      ))}
      {total > items.length && (
        <option disabled>
          {count(items.length)} of {count(total)} shown; write the others in the address
        </option>
      )}
    </optgroup>
  );
}

/** Units under the unit above them; a unit whose parent is not visible stands at the top. */
function asTree(items: readonly ScopeItem[]): (ScopeItem & { depth: number })[] {
  const codes = new Set(items.map(({ code }) => code));
  const below = new Map<string, ScopeItem[]>();
  for (const item of items) {
    const parent = item.parentCode && codes.has(item.parentCode) ? item.parentCode : '';
    below.set(parent, [...(below.get(parent) ?? []), item]);
  }
  const listed = new Set<string>();
  const walk = (parent: string, depth: number): (ScopeItem & { depth: number })[] =>
    (below.get(parent) ?? []).flatMap((item) => {
      if (listed.has(item.code)) return [];
      listed.add(item.code);
      return [{ ...item, depth }, ...walk(item.code, depth + 1)];
    });
  return walk('', 0);
}
