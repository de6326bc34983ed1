import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import type { SessionInfo } from '../../server/contract/access.js';
import { signOut } from '../features/access/api';
import { setSingleKeys, useSingleKeys } from '../lib/shortcuts';
import { forgetRecords } from './recent';
import { DENSITIES, setDensity, setTheme, THEMES, useDensity, useTheme, type Density, type Theme } from './preferences';

const THEME_WORDS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const DENSITY_WORDS: Record<Density, string> = {
  normal: 'Normal rows',
  compact: 'Compact rows',
  large: 'Large rows',
};

const KEYS = ['on', 'off'] as const;
const KEY_WORDS = { on: 'Work, such as ? and g o', off: 'Do nothing' };

/** How the pages look on this device, and whether single keys do something. */
export function DisplayMenu() {
  const theme = useTheme();
  const density = useDensity();
  const hasSingleKeys = useSingleKeys();
  return (
    <MenuTrigger>
      <Button className="bar-button" aria-label="Display">
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M9 2.5a6.5 6.5 0 0 1 0 13Z" fill="currentColor" />
        </svg>
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu className="menu" aria-label="Display">
          <Options title="Theme" options={THEMES} words={THEME_WORDS} chosen={theme} onChoose={setTheme} />
          <Options title="Density" options={DENSITIES} words={DENSITY_WORDS} chosen={density} onChoose={setDensity} />
          <Options
            title="Keys without Ctrl or ⌘"
            options={KEYS}
            words={KEY_WORDS}
            chosen={hasSingleKeys ? 'on' : 'off'}
            onChoose={(chosen) => setSingleKeys(chosen === 'on')}
          />
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

interface OptionsProps<Value extends string> {
  title: string;
  options: readonly Value[];
  words: Record<Value, string>;
  chosen: Value;
  onChoose: (value: Value) => void;
}

function Options<Value extends string>({ title, options, words, chosen, onChoose }: OptionsProps<Value>) {
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const value = options.find((option) => keys !== 'all' && keys.has(option));
        if (value !== undefined) onChoose(value);
      }}
    >
      <Header className="menu-header">{title}</Header>
      {options.map((option) => (
        <Item key={option} id={option}>
          {words[option]}
        </Item>
      ))}
    </MenuSection>
  );
}

function Item({ id, children, onAction }: { id: string; children: ReactNode; onAction?: () => void }) {
  return (
    <MenuItem id={id} className="menu-item" textValue={String(children)} {...(onAction ? { onAction } : {})}>
      {({ isSelected }) => (
        <>
          <span className="menu-mark" aria-hidden="true">
            {isSelected ? '✓' : ''}
          </span>
          {children}
        </>
      )}
    </MenuItem>
  );
}

/** Who is signed in, with what roles; and the way out. */
export function UserMenu({ session }: { session: SessionInfo }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    // Also where the session was gone already: what was read must not stay on the screen.
    onSettled: async () => {
      await navigate({ to: '/sign-in', search: {} });
      queryClient.clear();
      forgetRecords();
    },
  });
  const { user, grants } = session;
  return (
    <MenuTrigger>
      <Button className="bar-button user-button" aria-label={`Account of ${user.name}`}>
        <span aria-hidden="true">{initials(user.name)}</span>
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <div className="menu-person">
          <strong>{user.name}</strong>
          <span>{user.email}</span>
          <span className="caption">{grants.map(roleWord).join(', ') || 'No role'}</span>
        </div>
        <Menu className="menu" aria-label="Account">
          <Item id="sign-out" onAction={() => leave.mutate()}>
            Sign out
          </Item>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
};

const roleWord = ({ role, portfolioCode, orgUnitCode }: SessionInfo['grants'][number]): string => {
  const of = portfolioCode ?? orgUnitCode;
  const word = role === 'cio' ? 'CIO' : role.replaceAll('_', ' ');
  return of === null ? word : `${word} of ${of}`;
};
