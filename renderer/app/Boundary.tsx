/** Keeps a part of the window that fails from taking the others along, and offers to try it again. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useStrings } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { appStrings } from './strings';

interface BoundaryProps {
  /** Its name for the user. */
  part: string;
  children: ReactNode;
}

export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    console.error(`${this.props.part}: ${error.stack ?? error.message}${componentStack ?? ''}`);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed part={this.props.part} onRetry={() => this.setState({ failed: false })} />;
  }
}

function Failed({ part, onRetry }: { part: string; onRetry: () => void }): ReactNode {
  const words = useStrings(appStrings);
  return (
    <div role="alert">
      <EmptyState
        title={words.broken(part)}
        text={words.brokenDetail}
        action={<Button onClick={onRetry}>{words.tryAgain}</Button>}
      />
    </div>
  );
}
