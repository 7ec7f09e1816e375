/** The closing line of a test run, in a form that any program can read: `12 passed, 0 failed`. */
import type { Reporter, TestModule } from 'vitest/node';

/** Counts the tests that ran; a test file that could not be loaded, or an error outside of any test, is a failure too. */
export class TallyReporter implements Reporter {
  /** Called by vitest when everything has ended; has to stand last among the reporters. */
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<unknown>): void {
    let passed = 0;
    let failed = unhandled.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
      // A hook of a suite that throws fails no test of its own.
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
    }
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(`\n${passed} passed, ${failed} failed${rest}\n`);
  }
}
