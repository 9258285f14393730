// libxml2's headers pull in ICU's, which clash with the ICU module of Foundation as soon as one
// target imports both. Nothing here needs them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>

// `xmlFree` is a global function pointer, which Swift 6 takes for shared mutable state.
static inline void clx_free(void *memory) { xmlFree(memory); }
