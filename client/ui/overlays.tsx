import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal';

interface OverlayProps {
  isOpen?: boolean;
  onClose: () => void;
  /** Of the layer over the page, and of the box in it. */
  overlayClass?: string;
  boxClass?: string;
  /** The dialogue. */
  children: ReactNode;
}

/** A layer over the page with a box. Focus stays inside and returns to where it came from; Esc and a press beside it close. */
export function Overlay({ isOpen = true, onClose, overlayClass, boxClass = 'dialog-modal', children }: OverlayProps) {
  return (
    <ModalOverlay
      className={overlayClass === undefined ? 'dialog-overlay' : `dialog-overlay ${overlayClass}`}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={boxClass}>{children}</Modal>
    </ModalOverlay>
  );
}

interface ConfirmDialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What it does, and the buttons. */
  children: ReactNode;
}

/** A question that must be answered before anything else. */
export function ConfirmDialog({ title, isOpen, onClose, children }: ConfirmDialogProps) {
  return (
    <Overlay isOpen={isOpen} onClose={onClose}>
      <Dialog className="dialog" role="alertdialog">
        <Heading slot="title">{title}</Heading>
        {children}
      </Dialog>
    </Overlay>
  );
}
