/** What the file format itself would refuse: the field says so, and the design keeps what it had. */
import { applyEdit, type Edit } from '../../shared/design/edits';
import { issueText } from '../../shared/design/issueText';
import { designSchema, type Design } from '../../shared/design/schema';

/** In English, or null where the edited design can be saved and opened again. Only the edited part is looked at. */
export function refusedByFile(design: Design, edit: Edit): string | null {
  const { design: edited } = applyEdit(design, edit);
  const part = editedPart(edited, edit);
  if (part === null) return null;
  const result = designSchema.safeParse({ netloom: edited.netloom, ...part });
  const [issue] = result.error?.issues ?? [];
  return issue ? issueText(issue) : null;
}

function editedPart(edited: Design, edit: Edit): Partial<Design> | null {
  switch (edit.edit) {
    case 'updateNode':
      return { nodes: edited.nodes.filter(({ id }) => id === edit.node.id) };
    case 'setTraining':
      return { training: edited.training };
    case 'setData':
      return edited.data ? { data: edited.data } : null;
    case 'setName':
      return { name: edited.name };
    case 'setNotes':
      return { notes: edited.notes };
    case 'compound':
      return edit.edits.reduce<Partial<Design>>((all, one) => {
        const part = editedPart(edited, one) ?? {};
        const nodes = [...(all.nodes ?? []), ...(part.nodes ?? [])];
        return { ...all, ...part, ...(nodes.length > 0 ? { nodes } : {}) };
      }, {});
    default:
      return null;
  }
}
