import { useEffect, useState } from 'react';

/** Gives the focus back, once a dialog is gone, to what had it when the dialog opened: a reader by keyboard goes on there; to the page where that is gone. */
export const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const back = opener?.isConnected === true ? opener : document.getElementById('main');
      if (back instanceof HTMLElement) back.focus();
    },
    [opener],
  );
};
