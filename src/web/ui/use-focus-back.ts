import { useEffect, useState } from 'react';

/** Gives the focus back, once a dialog is gone, to what had it when the dialog opened: a reader by keyboard goes on there. */
export const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    },
    [opener],
  );
};
