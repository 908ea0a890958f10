import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** Anything that changes when the reader goes elsewhere: then the page gets another chance. */
  readonly place: string;
  readonly whenBroken: ReactNode;
  readonly children: ReactNode;
}

/** Keeps a page that cannot be shown (a defect, or a part that no longer loads) from taking the others with it. */
export class ErrorBoundary extends Component<BoundaryProps, { readonly broken: boolean }> {
  override state: { readonly broken: boolean } = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.place !== this.props.place && this.state.broken) this.setState({ broken: false });
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.whenBroken : this.props.children;
  }
}
