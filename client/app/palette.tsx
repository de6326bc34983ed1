import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Dialog } from 'react-aria-components/Modal';
import { Input, TextField } from 'react-aria-components/TextField';
import type { SessionInfo } from '../../server/contract/access.js';
import { may } from '../features/access/api';
import type { PageSearch } from '../lib/address';
import { counted } from '../../server/contract/format.js';
import { typedAhead } from '../lib/typed-ahead';
import { Button } from '../ui/button';
import { Overlay } from '../ui/overlays';
import type { Action } from './actions';
import { keyWords } from './key-words';
import { foundPath, foundSearch, holdsWords, recentItems, searchQuery, typeWord } from './palette-items';
import type { FoundRecord, Item, ItemGroup } from './palette-items';
import { keepScope, placesOf, registerName, registersOf } from './places';
import { rememberRecord } from './recent';

interface PaletteProps {
  session: SessionInfo;
  actions: readonly Action[];
  onClose: () => void;
}

/** Go to a page, find a record, do something: by its name, from anywhere. */
export function Palette(props: PaletteProps) {
  return (
    <Overlay onClose={props.onClose} overlayClass="palette-overlay" boxClass="palette-modal">
      <Dialog className="palette" aria-label="Search and commands">
        <Choices {...props} />
      </Dialog>
    </Overlay>
  );
}

function Choices(props: PaletteProps) {
  const [text, setText] = useState('');
  const words = text.trim();
  const asked = useDebounced(words, 150);
  const found = useQuery(searchQuery(words === '' ? '' : asked));
  const navigate = useNavigate();
  const goTo = (to: string, search?: { q?: string; show?: string }) =>
    void navigate({ to, search: (current: PageSearch) => ({ ...keepScope(current), ...search }) });
  const groups = groupsOf(props, words, freshOf(found.data?.items, words, asked, found.isPlaceholderData), goTo);
  const items = groups.flatMap((group) => group.items);
  const isSearching = words !== '' && (asked !== words || found.isFetching);

  const choose = (id: string | number) => {
    const item = items.find((each) => each.id === id);
    if (!item) return;
    props.onClose();
    item.run();
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <TextField
        aria-label="Page, record or action"
        className="palette-field"
        autoFocus
        onFocus={() => setText((before) => before + typedAhead())}
      >
        <Input className="input" placeholder="Page, record or action" autoComplete="off" spellCheck={false} />
      </TextField>
      <div className="palette-list" role="group" aria-label="Results" tabIndex={0} aria-busy={isSearching || undefined}>
        {isSearching && <div className="progress-line" aria-hidden="true" />}
        <ListBox
          aria-label="Results"
          items={groups}
          onAction={choose}
          renderEmptyState={() =>
            isSearching ? 'Searching' : `No page, record or action is called “${words}”. Try its code, or fewer words.`
          }
        >
          {(group) => (
            <ListBoxSection id={group.id} className="palette-group">
              <Header className="palette-title">{group.title}</Header>
              <Collection items={group.items}>{(item) => <Choice item={item} />}</Collection>
            </ListBoxSection>
          )}
        </ListBox>
        {found.error && words !== '' && (
          <p className="palette-failure" role="alert">
            Records cannot be searched. {found.error.message}{' '}
            <Button look="plain" onClick={() => void found.refetch()}>
              Try again
            </Button>
          </p>
        )}
      </div>
      <p className="palette-foot caption">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> go · <kbd>Esc</kbd> close
        {found.data && words !== '' && found.data.total > found.data.items.length && (
          <>
            {' '}
            · {counted(found.data.items.length, 'record')} shown of {found.data.total}
          </>
        )}
      </p>
      <p className="visually-hidden" role="status">
        {words !== '' && !isSearching ? counted(items.length, 'result') : ''}
      </p>
    </Autocomplete>
  );
}

/** What can be chosen now, by group. */
function groupsOf(
  { session, actions }: PaletteProps,
  words: string,
  records: readonly FoundRecord[],
  goTo: (to: string, search?: { q?: string; show?: string }) => void,
): ItemGroup[] {
  const open = (record: FoundRecord, from: string): Item => ({
    id: `${from} ${record.type} ${record.code}`,
    label: record.name,
    code: record.code,
    hint: typeWord(record),
    run: () => {
      rememberRecord(record);
      goTo(foundPath(record), foundSearch(record));
    },
  });
  const places = placesOf(session).map(({ to, label, key }) => ({ to, label, hint: keyWords(`g ${key}`) }));
  const pages = [
    ...places,
    // A register may be a place by itself; two entries of one name would be one key twice, which the list cannot stand.
    ...registersOf(session)
      .map((register) => ({ to: `/${register.path}`, label: registerName(register) }))
      .filter(({ label }) => places.every((place) => place.label !== label)),
    ...(may(session, 'import') ? [{ to: '/import/history', label: 'Import history' }] : []),
  ];
  const named = ({ label }: { label: string }) => holdsWords(label, words);
  const groups: ItemGroup[] = [
    {
      id: 'recent',
      title: 'Recent',
      items: words === '' ? recentItems().map((record) => open(record, 'recent')) : [],
    },
    {
      id: 'pages',
      title: 'Pages',
      items: pages
        .filter(named)
        .map(({ to, label, ...rest }) => ({ id: `page ${label}`, label, ...rest, run: () => goTo(to) })),
    },
    {
      id: 'actions',
      title: 'Actions',
      items: actions.filter(named).map(({ id, label, key, run }) => ({
        id: `action ${id}`,
        label,
        ...(key === undefined ? {} : { hint: keyWords(key) }),
        run,
      })),
    },
    { id: 'enter', title: 'Enter', items: enterItems(session, words, goTo) },
    // Last, so that what comes from the server moves nothing that is already there.
    { id: 'records', title: 'Records', items: records.map((record) => open(record, 'found')) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** `enter data for BEN-014`: the sheet with that one measure. */
function enterItems(
  session: SessionInfo,
  words: string,
  goTo: (to: string, search?: { q?: string; show?: string }) => void,
): Item[] {
  const wanted = /^enter\s+(?:data\s+|values\s+)?(?:for\s+|of\s+)?(\S.*)$/i.exec(words)?.[1];
  if (wanted === undefined || /^(data|values|for|of)$/i.test(wanted) || !session.writes.includes('benefit_value'))
    return [];
  return [
    {
      id: `enter ${wanted}`,
      label: `Enter data for ${wanted}`,
      run: () => goTo('/enter', { q: wanted, show: 'all' }),
    },
  ];
}

function Choice({ item: { id, label, code, hint } }: { item: Item }) {
  const name = [label, code, hint].filter(Boolean).join(', ');
  return (
    <ListBoxItem id={id} className="palette-item" textValue={name} aria-label={name}>
      <span className="palette-label">{label}</span>
      {code && <code className="palette-code">{code}</code>}
      {hint && <span className="palette-hint">{hint}</span>}
    </ListBoxItem>
  );
}

/** While an answer is on its way, only what fits the words already: Enter must never open something else. */
function freshOf(
  records: readonly FoundRecord[] | undefined,
  words: string,
  asked: string,
  isPlaceholderData: boolean,
): readonly FoundRecord[] {
  if (records === undefined || words === '') return [];
  const isFresh = asked === words && !isPlaceholderData;
  return isFresh ? records : records.filter(({ code, name }) => holdsWords(`${code} ${name}`, words));
}

function useDebounced(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
