import { useState } from 'react';
import { Button as ChipButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { SessionInfo } from '../../../server/contract/access.js';
import { Button } from '../../ui/button';
import { RemoveDialog } from './remove-dialog';
import './example-chip.css';

/** Says on every page that what it shows is made up, and leads to the way out of it. */
export function ExampleChip({ session }: { session: SessionInfo }) {
  const [isOpen, setOpen] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const mayRemove = session.grants.some(({ role }) => role === 'admin');
  return (
    <>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <ChipButton className="example-chip">Example data</ChipButton>
        <Popover className="menu-popover" placement="bottom end">
          <Dialog className="example-note" aria-label="Example data">
            <p>Example enterprise: every name and number here is made up.</p>
            {mayRemove ? (
              <Button
                look="danger"
                onClick={() => {
                  setOpen(false);
                  setRemoving(true);
                }}
              >
                Remove the example
              </Button>
            ) : (
              <p className="caption">An administrator can remove it.</p>
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
      {isRemoving && <RemoveDialog session={session} onClose={() => setRemoving(false)} />}
    </>
  );
}
