import { useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';

/** Runs one act at a time; `error` is how the last one failed. The answer says whether it was done. */
export function useAct(): {
  isBusy: boolean;
  error: ApiError | null;
  clear: () => void;
  run: (act: () => Promise<void>) => Promise<boolean>;
} {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (act: () => Promise<void>): Promise<boolean> => {
    if (isBusy) return false;
    setIsBusy(true);
    setError(null);
    try {
      await act();
      return true;
    } catch (failure) {
      setError(toApiError(failure));
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, error, clear: () => setError(null), run };
}
