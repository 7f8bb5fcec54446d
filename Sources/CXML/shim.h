#pragma once
// ICU's types would come along, which Foundation has its own of; only the converter of an
// encoding handler shows them, and that is of no use here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// `xmlFree` itself is a variable that anybody could set.
static inline void cxml_free(void *text) { xmlFree(text); }
