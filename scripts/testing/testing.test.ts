import { describe, expect, it } from 'vitest';
import { closingLine, countOfCheck, countOfPlaywright, countOfVitest, table, total } from './counts.mjs';
import { chosenStages, stages } from './stages.mjs';

describe('counts', () => {
  it('of Vitest hold passed, failed, and skipped with those still to be written', () => {
    const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 };
    expect(countOfVitest(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 4 });
  });

  it('hold a failure when a runner ends badly though no test failed', () => {
    expect(countOfVitest({ numPassedTests: 5 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(countOfPlaywright({ stats: { expected: 2 } }, 1).failed).toBe(1);
  });

  it('hold a failure when nothing ran, even if the runner says all is well', () => {
    expect(countOfVitest(null, 0).failed).toBe(1);
    expect(countOfPlaywright({ stats: { skipped: 4 } }, 0)).toEqual({ passed: 0, failed: 1, skipped: 4 });
  });

  it('of Playwright take a test that passed at the second try as passed', () => {
    const stats = { expected: 3, flaky: 1, unexpected: 0, skipped: 0 };
    expect(countOfPlaywright({ stats }, 0)).toEqual({ passed: 4, failed: 0, skipped: 0 });
  });

  it('of all stages add up and close in one line', () => {
    const results = [
      { name: 'types', counts: countOfCheck(0), seconds: 1 },
      { name: 'unit', counts: { passed: 10, failed: 1, skipped: 2 }, seconds: 2.25 },
    ];
    expect(closingLine(total(results))).toBe('11 passed, 1 failed, 2 skipped');
    expect(table(results).split('\n')).toHaveLength(3);
  });
});

describe('the stages of npm test', () => {
  it('are all of them without arguments', () => {
    expect(chosenStages([])).toEqual(stages);
  });

  it('keep their order whatever order they are asked in', () => {
    const names = (args: string[]) => chosenStages(args).map(({ name }: { name: string }) => name);
    expect(names(['--only', 'unit,lint'])).toEqual(['lint', 'unit']);
    expect(names(['--only=build'])).toEqual(['build']);
  });

  it('refuse an unknown name with the names there are', () => {
    expect(() => chosenStages(['--only', 'unit,magic'])).toThrow(/npm test -- --only types,lint/);
    expect(() => chosenStages(['--fast'])).toThrow(/--fast/);
  });
});
