import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { CHOSEN_COLUMNS, columnsText, shownColumns, type BenefitSearch } from './search';
import { COLUMN_WORDS } from './words';

interface ColumnMenuProps {
  search: BenefitSearch;
  readsGaps: boolean;
  onChange: (columns: string | undefined) => void;
}

/** Which columns are shown; the address keeps it, and a view with it. */
export function ColumnMenu({ search, readsGaps, onChange }: ColumnMenuProps) {
  const shown = shownColumns(search);
  const offered = CHOSEN_COLUMNS.filter((id) => readsGaps || id !== 'gaps');
  return (
    <MenuTrigger>
      <Button className="button">Columns</Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu className="menu column-menu" aria-label="Columns">
          <MenuSection
            selectionMode="multiple"
            disallowEmptySelection
            selectedKeys={shown}
            onSelectionChange={(keys) => {
              if (keys !== 'all') onChange(columnsText([...keys].map(String)));
            }}
          >
            <Header className="menu-header">Shown beside code and name</Header>
            {offered.map((id) => (
              <MenuItem key={id} id={id} className="menu-item" textValue={COLUMN_WORDS[id]}>
                {({ isSelected }) => (
                  <>
                    <span className="menu-mark" aria-hidden="true">
                      {isSelected ? '✓' : ''}
                    </span>
                    {COLUMN_WORDS[id]}
                  </>
                )}
              </MenuItem>
            ))}
          </MenuSection>
          {search.columns !== undefined && (
            <MenuSection>
              <MenuItem id="usual" className="menu-item" onAction={() => onChange(undefined)}>
                <span className="menu-mark" aria-hidden="true" />
                The usual columns
              </MenuItem>
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
