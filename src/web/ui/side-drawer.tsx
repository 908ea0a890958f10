import { Drawer, type DrawerProps } from 'antd';
import { useRef } from 'react';
import { useFocusBack } from './use-focus-back.ts';

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
