import { Drawer, type DrawerProps } from 'antd';
import { useEffect, useRef, useState } from 'react';

/**
 * A drawer that is on the page while it is open. The component library holds the focus in it, but puts it on what stands
 * around the dialog, where nobody sees it: here it starts on the first button, and goes back to where it was.
 */
export const SideDrawer = (props: Omit<DrawerProps, 'open'>) => {
  useFocusBack();
  const dialog = useRef<HTMLDivElement>(null);
  return (
    <Drawer
      {...props}
      open
      panelRef={dialog}
      afterOpenChange={() => {
        if (dialog.current?.contains(document.activeElement) === false)
          dialog.current.querySelector('button')?.focus();
      }}
    />
  );
};

/** Gives the focus back, once a dialog is gone, to what had it when the dialog opened: a reader by keyboard goes on there; to the first of these ids that says something, else the page, where it is gone. */
export const useFocusBack = (...otherwise: readonly string[]): void => {
  const [opener] = useState(() => document.activeElement);
  const ids = [...otherwise, 'main'].join(' ');
  useEffect(
    () => () => {
      const others = ids.split(' ').map((id) => document.getElementById(id));
      const back = opener?.isConnected === true ? opener : others.find((each) => each?.textContent);
      if (back instanceof HTMLElement) back.focus();
    },
    [opener, ids],
  );
};
