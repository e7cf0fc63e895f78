// Tables as an Arrow C stream, so that any Arrow reader takes them without pyarrow.
//
// The structs are those of the Arrow C data and stream interfaces
// (https://arrow.apache.org/docs/format/CDataInterface.html), written out because they are an ABI and not a library.
#include <cmath>
#include <cstring>

#include "common.hpp"

extern "C" {

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
  int (*get_next)(ArrowArrayStream*, ArrowArray*);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

namespace linkpin::python {

namespace {

constexpr std::int64_t nullable = 2;

// One column in Arrow's layout: validity bits, then values, or 64-bit offsets and bytes.
struct ArrowColumn {
  std::string name;
  std::string format;  // "g" float64, "l" int64, "b" boolean, "U" large utf8
  std::int64_t length = 0;
  std::int64_t nulls = 0;
  std::vector<std::uint8_t> valid;
  std::vector<double> numbers;
  std::vector<std::int64_t> integers;  // or offsets
  std::vector<std::uint8_t> bits;
  std::string bytes;
};

using ArrowColumns = std::shared_ptr<const std::vector<ArrowColumn>>;

void set_bit(std::vector<std::uint8_t>& bits, std::size_t i) {
  bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (1U << (i % 8)));
}

std::string text_of(const py::handle& value) {
  if (!py::isinstance<py::tuple>(value)) return py::str(value).cast<std::string>();
  std::string joined;  // a cell of several texts is written with bars, as in the data package
  for (const py::handle part : value) joined += (joined.empty() ? "" : "|") + py::str(part).cast<std::string>();
  return joined;
}

void fill_texts(ArrowColumn& column, const py::array& values) {
  column.format = "U";
  column.integers.push_back(0);
  std::size_t row = 0;
  for (const py::handle value : values) {
    if (!value.is_none()) {
      set_bit(column.valid, row);
      column.bytes += text_of(value);
    } else {
      ++column.nulls;
    }
    column.integers.push_back(static_cast<std::int64_t>(column.bytes.size()));
    ++row;
  }
}

ArrowColumn to_arrow(const std::string& name, const py::array& values) {
  ArrowColumn column;
  column.name = name;
  column.length = values.size();
  const auto n = static_cast<std::size_t>(values.size());
  column.valid.assign((n + 7) / 8, 0);
  const char kind = values.dtype().kind();
  if (kind == 'f') {
    column.format = "g";
    column.numbers = to_vector(values.cast<Array<double>>());
    for (std::size_t i = 0; i < n; ++i) {
      if (!std::isnan(column.numbers[i])) {
        set_bit(column.valid, i);
      } else {
        ++column.nulls;
      }
    }
  } else if (kind == 'i' || kind == 'u') {
    column.format = "l";
    column.integers = to_vector(values.cast<Array<std::int64_t>>());
    for (std::size_t i = 0; i < n; ++i) set_bit(column.valid, i);
  } else if (kind == 'b') {
    column.format = "b";
    column.bits.assign((n + 7) / 8, 0);
    const auto flags = to_vector(values.cast<Array<std::uint8_t>>());
    for (std::size_t i = 0; i < n; ++i) {
      set_bit(column.valid, i);
      if (flags[i] != 0) set_bit(column.bits, i);
    }
  } else {
    fill_texts(column, values);
  }
  return column;
}

// What an exported array owns: the columns (shared) and the pointers the ABI asks for.
struct ArrowHold {
  ArrowColumns columns;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> arrays;
  std::vector<ArrowArray*> array_pointers;
  std::vector<ArrowSchema> schemas;
  std::vector<ArrowSchema*> schema_pointers;
};

// Children belong to the hold of their parent, so that releasing one only marks it.
template <class T>
void release_child(T* child) {
  child->release = nullptr;
}

template <class T>
void release_root(T* root) {
  for (std::int64_t i = 0; i < root->n_children; ++i) {
    if (root->children[i]->release != nullptr) root->children[i]->release(root->children[i]);
  }
  delete static_cast<ArrowHold*>(root->private_data);
  root->release = nullptr;
}

void export_schema(const ArrowColumns& columns, ArrowSchema* out) {
  auto* hold = new ArrowHold{columns, {}, {}, {}, {}, {}};
  for (const ArrowColumn& c : *columns) {
    hold->schemas.push_back({c.format.c_str(), c.name.c_str(), nullptr, nullable, 0, nullptr, nullptr,
                             &release_child<ArrowSchema>, nullptr});
  }
  for (ArrowSchema& schema : hold->schemas) hold->schema_pointers.push_back(&schema);
  *out = {"+s",
          "",
          nullptr,
          0,
          static_cast<std::int64_t>(columns->size()),
          hold->schema_pointers.data(),
          nullptr,
          &release_root<ArrowSchema>,
          hold};
}

void export_array(const ArrowColumns& columns, ArrowArray* out) {
  auto* hold = new ArrowHold{columns, {}, {}, {}, {}, {}};
  hold->buffers.reserve(3 * columns->size() + 1);
  for (const ArrowColumn& c : *columns) {
    const void** first = hold->buffers.data() + hold->buffers.size();
    hold->buffers.push_back(c.valid.data());
    if (c.format == "U") {
      hold->buffers.push_back(c.integers.data());
      hold->buffers.push_back(c.bytes.data());
    } else if (c.format == "g") {
      hold->buffers.push_back(c.numbers.data());
    } else if (c.format == "l") {
      hold->buffers.push_back(c.integers.data());
    } else {
      hold->buffers.push_back(c.bits.data());
    }
    hold->arrays.push_back({c.length, c.nulls, 0, c.format == "U" ? 3 : 2, 0, first, nullptr, nullptr,
                            &release_child<ArrowArray>, nullptr});
  }
  for (ArrowArray& array : hold->arrays) hold->array_pointers.push_back(&array);
  const void** none_valid = hold->buffers.data() + hold->buffers.size();
  hold->buffers.push_back(nullptr);
  const std::int64_t length = columns->empty() ? 0 : columns->front().length;
  *out = {length,
          0,
          0,
          1,
          static_cast<std::int64_t>(columns->size()),
          none_valid,
          hold->array_pointers.data(),
          nullptr,
          &release_root<ArrowArray>,
          hold};
}

struct Streamed {
  ArrowColumns columns;
  bool given = false;
};

py::capsule arrow_stream(const std::vector<std::pair<std::string, py::array>>& columns) {
  auto made = std::make_shared<std::vector<ArrowColumn>>();
  for (const auto& [name, values] : columns) made->push_back(to_arrow(name, values));
  auto* stream = new ArrowArrayStream;
  stream->private_data = new Streamed{made, false};
  stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    export_schema(static_cast<Streamed*>(self->private_data)->columns, out);
    return 0;
  };
  stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto* streamed = static_cast<Streamed*>(self->private_data);
    if (std::exchange(streamed->given, true)) {
      std::memset(out, 0, sizeof *out);
    } else {
      export_array(streamed->columns, out);
    }
    return 0;
  };
  stream->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream->release = [](ArrowArrayStream* self) {
    delete static_cast<Streamed*>(self->private_data);
    self->release = nullptr;
  };
  return py::capsule(stream, "arrow_array_stream", [](PyObject* capsule) {
    auto* held = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (held->release != nullptr) held->release(held);
    delete held;
  });
}

}  // namespace

void register_arrow(py::module_& m) { m.def("arrow_stream", &arrow_stream, py::arg("columns")); }

}  // namespace linkpin::python
