import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Few long files at first and many short ones at last, so that no worker has a long one when the others are done. */
const order = ['walk', 'faults', 'contract', 'unit'];

/** Runs the projects one after the other, since a worker runs files of one only; of each, the longest file first. */
export class ProjectSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ project }: TestSpecification) => order.indexOf(project.name);
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
