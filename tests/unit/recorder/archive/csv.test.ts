import { describe, expect, it } from 'vitest';
import { csvCell, csvTable } from '../../../../src/recorder/archive/csv.ts';

describe('CSV', () => {
  it('is as RFC 4180 has it, with a mark of UTF-8', () => {
    expect(
      csvTable([
        ['name', 'a "b", c'],
        ['Ana', ''],
      ]),
    ).toBe('\ufeffname,"a ""b"", c"\r\nAna,\r\n');
  });

  it.each([
    ['=HYPERLINK("http://example.org")', `"'=HYPERLINK(""http://example.org"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'=1"],
    ['\r\n@x', "'@x"],
    ['  =1', "'=1"],
    ['\u202e=1', "'=1"],
    ['\uff1d1', "'\uff1d1"],
    ['\tplain', "'plain"],
    ['a=1', 'a=1'],
  ])('takes the formula out of %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it('has one line for each row, whatever is in it', () => {
    expect(csvTable([['a\r\nb\nc\u2028d']])).toBe('\ufeffa b c d\r\n');
  });
});
