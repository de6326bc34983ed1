import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button as MenuButton } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import type { View } from '../../../server/contract/view.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { changeView, deleteView, viewsQuery } from './api';
import { NameDialog } from './name-dialog';
import './views.css';

interface ViewsMenuProps {
  /** Whose views: `benefits`. */
  page: string;
  /** What the page is narrowed to now, as a view would keep it. */
  search: string;
  /** Reduces a stored search to what the page knows, in the form in which `search` is written. */
  clean: (stored: string) => string;
  onOpen: (search: string) => void;
}

type Asked = { kind: 'save' } | { kind: 'rename' | 'delete'; view: View } | null;

/**
 * Views of a page: opened, saved, renamed, shared and deleted. The address stays the truth: a view is one that is kept under a name, and it
 * is the current one as long as the address says the same.
 */
export function ViewsMenu({ page, search, clean, onOpen }: ViewsMenuProps) {
  const found = useQuery(viewsQuery(page));
  const [asked, setAsked] = useState<Asked>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: viewsQuery(page).queryKey });
  const share = useMutation({
    mutationFn: (view: View) => changeView(view, { shared: !view.shared }),
    onSuccess: () => setFailure(null),
    onError: (error) => setFailure(error.message),
    onSettled: refresh,
  });
  const items = (found.data?.items ?? []).map((view) => ({ ...view, search: clean(view.search) }));
  const current = items.find((view) => view.search === search && (view.search !== '' || view.isOwn));
  const own = items.filter(({ isOwn }) => isOwn);
  const others = items.filter(({ isOwn }) => !isOwn);
  const close = () => {
    setAsked(null);
    void refresh();
  };
  return (
    <>
      <MenuTrigger>
        <MenuButton className="button views-button">
          {current ? (
            <>
              <span className="visually-hidden">View: </span>
              {current.name}
            </>
          ) : (
            'Views'
          )}
        </MenuButton>
        <Popover className="menu-popover views-popover" placement="bottom end">
          <Menu className="menu" aria-label="Views">
            {own.length > 0 && <Section title="Your views" items={own} {...{ current, onOpen }} />}
            {others.length > 0 && <Section title="Shared by others" items={others} {...{ current, onOpen }} />}
            <MenuSection aria-label="Change views">
              <Item id="save" onAction={() => setAsked({ kind: 'save' })}>
                Save this view as…
              </Item>
              {current?.isOwn && (
                <>
                  <Item id="rename" onAction={() => setAsked({ kind: 'rename', view: current })}>
                    Rename “{current.name}”…
                  </Item>
                  <Item id="share" onAction={() => share.mutate(current)}>
                    {current.shared ? 'Stop sharing it' : 'Share it with everyone'}
                  </Item>
                  <Item id="delete" onAction={() => setAsked({ kind: 'delete', view: current })}>
                    Delete it…
                  </Item>
                </>
              )}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      <p className="visually-hidden" role="status">
        {current ? `View ${current.name}${current.shared ? ', shared' : ''}` : ''}
      </p>
      {(failure ?? found.error?.message) && (
        <p className="field-error views-failure" role="alert">
          <span aria-hidden="true">▲ </span>
          {failure ?? `The views cannot be shown. ${found.error!.message}`}
        </p>
      )}
      {asked?.kind === 'save' && <NameDialog {...{ page, search, own }} view={null} onClose={close} />}
      {asked?.kind === 'rename' && <NameDialog {...{ page, search, own }} view={asked.view} onClose={close} />}
      {asked?.kind === 'delete' && <DeleteDialog view={asked.view} onClose={close} />}
    </>
  );
}

interface SectionProps {
  title: string;
  items: readonly View[];
  current: View | undefined;
  onOpen: (search: string) => void;
}

function Section({ title, items, current, onOpen }: SectionProps) {
  return (
    <MenuSection>
      <Header className="menu-header">{title}</Header>
      {items.map((view) => (
        <MenuItem
          key={view.id}
          id={view.id}
          className="menu-item"
          textValue={view.name}
          onAction={() => onOpen(view.search)}
        >
          <span className="menu-mark" aria-hidden="true">
            {view.id === current?.id ? '✓' : ''}
          </span>
          <span className="views-name">
            {view.name}
            <span className="caption">{view.isOwn ? (view.shared ? 'shared' : '') : view.owner}</span>
          </span>
        </MenuItem>
      ))}
    </MenuSection>
  );
}

const Item = ({ id, onAction, children }: { id: string; onAction: () => void; children: React.ReactNode }) => (
  <MenuItem id={id} className="menu-item" onAction={onAction} textValue={id}>
    <span className="menu-mark" aria-hidden="true" />
    <span>{children}</span>
  </MenuItem>
);

function DeleteDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const remove = useMutation({ mutationFn: () => deleteView(view), onSuccess: onClose });
  return (
    <ConfirmDialog title={`Delete the view “${view.name}”?`} isOpen onClose={onClose}>
      <p>
        {view.shared
          ? 'It is shared: nobody will find it any more. What it shows is not touched.'
          : 'What it shows is not touched.'}
      </p>
      {remove.error && (
        <p className="field-error" role="alert">
          <span aria-hidden="true">▲ </span>
          {remove.error.message}
        </p>
      )}
      <div className="actions">
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </ConfirmDialog>
  );
}
